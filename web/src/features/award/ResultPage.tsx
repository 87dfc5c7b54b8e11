import { Link } from 'wouter-preact';
import { LangText } from '~/components/LangText';
import { Later } from '~/components/Later';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { messages as onRecord } from '~/features/record/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type EntryResult, useEntryResult } from './api';
import { messages } from './messages';
import { oneDecimal } from './one-decimal';
import { TrialFacts } from './TrialFacts';
import './award.css';

/** What became of an entry, with the jury's feedback, for its team. */
export default function ResultPage({ params }: PageProps) {
  return (
    <QueryView query={useEntryResult(params.id ?? '')} page>
      {(result) => <Result result={result} />}
    </QueryView>
  );
}

const tones = { winner: 'success', reserve: 'info', not_selected: 'info' } as const;

function Result({ result }: { result: EntryResult }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(result.challengeTitle, language);
  const prize = result.prize ? textIn(result.prize, language) : undefined;
  return (
    <Page
      middle
      title={t('result')}
      documentTitle={`${t('result')} · ${result.reference}`}
      lead={
        <Link href={`/challenges/${result.challengeSlug}`} lang={title.lang}>
          {title.text}
        </Link>
      }
      above={
        <Link href={`/my/entries/${result.entryId}`}>{t('entry', { reference: result.reference })}</Link>
      }
    >
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
          <h2>{t('comments')}</h2>
          <ul class="comments">
            {result.comments.map((each) => (
              <li key={each.text} class="plain-text">
                <LangText text={each.text} lang={each.language} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {result.reviews > 0 ? (
        <Later
          load={() => import('~/features/record/OwnReviews')}
          messages={[onRecord]}
          props={{ entry: result.entryId, reference: result.reference }}
        />
      ) : null}
      <p class="small muted">
        {t('objections')}
        <When at={result.objectionsUntil} zone={result.timeZone} short />
      </p>
      <p>
        <Link href={`/my/entries/${result.entryId}/seen`}>{t('seen')}</Link>
      </p>
    </Page>
  );
}

function Text({ title, text, lang }: { title: string; text: string; lang: EntryResult['language'] }) {
  return (
    <div class="stack">
      <h2>{title}</h2>
      <p class="prose plain-text">
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
      <Totals result={result} />
    </div>
  );
}

/** The weighted total; where the calibrated one decides, both, and which one counts. */
function Totals({ result: { mean, calibrated } }: { result: EntryResult }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (mean === undefined) return null;
  const raw = oneDecimal(mean, language);
  if (calibrated === undefined) {
    return (
      <p>
        {t('total')}
        <strong>{raw}</strong> / 100
      </p>
    );
  }
  return (
    <>
      <p>
        {t('total.calibrated')}
        <strong>{oneDecimal(calibrated, language)}</strong> / 100
        <br />
        {t('total.raw')}
        {raw} / 100
      </p>
      <p class="prose small">{t('total.why')}</p>
    </>
  );
}
