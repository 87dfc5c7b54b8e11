import { Link } from 'wouter-preact';
import { CityMark } from '~/components/CityMark';
import { LangText } from '~/components/LangText';
import { Markdown } from '~/components/Markdown';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { locales } from '~/i18n/languages';
import { listed } from '~/i18n/listed';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Results, useResults, type Winner } from './api';
import { messages } from './messages';
import { TrialFacts } from './TrialFacts';
import './award.css';

/** Who won a challenge, what they get, and why the host departed from the jury where it did. */
export default function ResultsPage({ params }: PageProps) {
  return (
    <QueryView query={useResults(params.slug ?? '')} page>
      {(results) => <View results={results} />}
    </QueryView>
  );
}

function View({ results }: { results: Results }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(results.title, language, results.language);
  return (
    <Page
      title={t('results')}
      documentTitle={`${t('results')} · ${title.text}`}
      lead={
        <Link href={`/challenges/${results.slug}`} lang={title.lang}>
          {title.text}
        </Link>
      }
      above={
        <>
          <CityMark city={results.city} />
          <span class="small">
            {t('released')}
            <When at={results.releasedAt} zone={results.timeZone} dateOnly />
          </span>
        </>
      }
      middle
    >
      <p>
        {t('judged', { n: results.entries })}
        {t('objections')}
        <When at={results.objectionsUntil} zone={results.timeZone} short />
      </p>
      {results.winners.length === 0 ? <p>{t('noWinner')}</p> : null}
      <ol class="winners">
        {results.winners.map((each) => (
          <WinnerView key={each.place} winner={each} />
        ))}
      </ol>
      {results.gallery > 0 ? (
        <p>
          <Link href={`/contests/${results.contest}/gallery?challenge=${results.slug}`}>
            {t('gallery', { n: results.gallery })}
          </Link>
        </p>
      ) : null}
      <p>
        <Link href={`/challenges/${results.slug}/record`}>{t('onRecord')}</Link>
      </p>
      {results.otherReasons.length > 0 ? (
        <section class="section" aria-labelledby="others">
          <h2 id="others">{t('others')}</h2>
          <p class="prose">{t('others.text')}</p>
          <ul class="prose">
            {results.otherReasons.map((each) => (
              <li key={each.text}>
                <LangText text={each.text} lang={each.language} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  );
}

function WinnerView({ winner }: { winner: Winner }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const country = new Intl.DisplayNames(locales[language], { type: 'region' }).of(winner.country);
  const prize = winner.prize ? textIn(winner.prize, language) : undefined;
  return (
    <li class="panel">
      <div class="marks">
        <Tag tone="success">{t('place', { n: winner.place })}</Tag>
        <span class="small">{listed([winner.teamCity, country], language)}</span>
      </div>
      <h2>{winner.teamName}</h2>
      <div lang={winner.entryLanguage}>
        {winner.title ? <h3>{winner.title}</h3> : null}
        {winner.summaryHtml ? <Markdown html={winner.summaryHtml} /> : null}
      </div>
      {winner.trial ? <TrialFacts trial={winner.trial} /> : null}
      {prize ? (
        <p>
          <strong>{t('prize')}:</strong> <span lang={prize.lang}>{prize.text}</span>
        </p>
      ) : null}
      {winner.reason ? (
        <p class="prose">
          <strong>{t('reason')}:</strong>{' '}
          <LangText text={winner.reason} lang={winner.reasonLanguage ?? language} />
        </p>
      ) : null}
    </li>
  );
}
