import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type EntryResult, useEntryResult } from './api';
import { messages } from './messages';
import { oneDecimal } from './one-decimal';
import { TrialFacts } from './TrialFacts';
import './award.css';

/**
 * What became of an entry, with the feedback, for its team's page. Show it once the results are out; the
 * page's route lists `messages` of this feature.
 */
export function ResultBlock({ entry }: { entry: string }) {
  return <QueryView query={useEntryResult(entry)}>{(result) => <Block result={result} />}</QueryView>;
}

const tones = { winner: 'success', reserve: 'info', not_selected: 'info' } as const;

function Block({ result }: { result: EntryResult }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const prize = result.prize ? textIn(result.prize, language) : undefined;
  return (
    <section class="section" aria-labelledby="result">
      <h2 id="result">{t('result')}</h2>
      <Notice tone={tones[result.outcome]} title={t(`outcome.${result.outcome}`, { n: result.place ?? 0 })}>
        <p>{t(`outcome.${result.outcome}.text`)}</p>
      </Notice>
      {result.trial ? <TrialFacts trial={result.trial} /> : null}
      {prize ? (
        <p>
          <strong>{t('prize')}:</strong> <span lang={prize.lang}>{prize.text}</span>
        </p>
      ) : null}
      {result.reason ? <Text title={t('reason')} text={result.reason} lang={result.language} /> : null}
      {result.feedback ? (
        <Text title={t('feedback.host')} text={result.feedback} lang={result.language} />
      ) : null}
      {result.reviews > 0 ? <Scores result={result} /> : <p>{t('noReviews')}</p>}
      {result.comments.length > 0 ? (
        <div class="stack">
          <h3>{t('comments')}</h3>
          <ul class="comments">
            {result.comments.map((each) => (
              <li key={each.text} class="plain-text">
                <LangText text={each.text} lang={each.language} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p class="small muted">
        {t('objections')} <When at={result.objectionsUntil} zone={result.timeZone} short />
      </p>
    </section>
  );
}

function Text({ title, text, lang }: { title: string; text: string; lang: EntryResult['language'] }) {
  return (
    <div class="prose">
      <h3>{title}</h3>
      <p class="plain-text">
        <LangText text={text} lang={lang} />
      </p>
    </div>
  );
}

function Scores({ result }: { result: EntryResult }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="stack">
      <Table
        caption={t('scores', { n: result.reviews })}
        rows={result.criteria}
        rowKey={(each) => each.criterionId}
        columns={[
          {
            key: 'name',
            title: t('criterion'),
            heading: true,
            cell: (each) => {
              const name = textIn(each.name, language);
              return <span lang={name.lang}>{name.text}</span>;
            },
          },
          {
            key: 'weight',
            title: t('weight'),
            numeric: true,
            cell: (each) => t('percent', { n: each.weight }),
          },
          {
            key: 'mean',
            title: t('mean'),
            numeric: true,
            cell: (each) => (each.mean === undefined ? '–' : oneDecimal(each.mean, language)),
          },
        ]}
      />
      {result.mean === undefined ? null : (
        <p>
          {t('total')} <strong>{oneDecimal(result.mean, language)}</strong> / 100
        </p>
      )}
    </div>
  );
}
