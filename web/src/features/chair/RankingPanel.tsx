import { ProblemError } from '~/api/problem';
import { EmptyState } from '~/components/EmptyState';
import { Notice } from '~/components/Notice';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Progress, type Ranking, type RankingRow, useRanking } from './api';
import { Interval } from './Interval';
import { messages } from './messages';
import { oneDecimal } from './one-decimal';
import { unsure } from './unsure';

/** The jury's order with its spread, in numbers, in a drawing and in words. */
export function RankingPanel({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const query = useRanking(progress.challengeId);
  if (query.error instanceof ProblemError && query.error.code === 'jury.sealed') {
    return (
      <EmptyState title={t('ranking.sealed')}>
        <p>{query.error.message}</p>
      </EmptyState>
    );
  }
  return <QueryView query={query}>{(ranking) => <Order ranking={ranking} />}</QueryView>;
}

function Order({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (ranking.rows.every((row) => row.reviews === 0)) {
    return (
      <EmptyState title={t('ranking.none')}>
        <p>{t('ranking.none.text')}</p>
      </EmptyState>
    );
  }
  const pairs = unsure(ranking.rows);
  const se = (row: RankingRow) => (row.se === undefined ? '–' : `± ${oneDecimal(row.se, language)}`);
  return (
    <section class="stack" aria-labelledby="ranking">
      <h2 id="ranking">{t('ranking')}</h2>
      <p class="prose">{t('ranking.text')}</p>
      <Notice title={t('sure')}>
        <p>{ranking.pooledSd === undefined ? t('sure.unknown') : t('sure.pairs', { n: pairs })}</p>
      </Notice>
      <Table
        caption={t('ranking.caption')}
        narrow="scroll"
        rows={ranking.rows}
        rowKey={(row) => row.entryId}
        columns={[
          { key: 'rank', title: t('rank'), numeric: true, cell: (row) => row.rank ?? '–' },
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (row) => (
              <>
                {row.reference} {row.teamName}
                <span class="small muted ranking-title">{row.title}</span>
              </>
            ),
          },
          {
            key: 'mean',
            title: t('mean'),
            numeric: true,
            cell: (row) => (row.mean === undefined ? '–' : oneDecimal(row.mean, language)),
          },
          { key: 'se', title: t('se'), numeric: true, cell: se },
          {
            key: 'drawn',
            title: t('interval'),
            cell: (row) => (row.mean === undefined ? null : <Interval mean={row.mean} se={row.se} />),
          },
          { key: 'n', title: t('reviews'), numeric: true, cell: (row) => row.reviews },
          {
            key: 'note',
            title: t('note'),
            cell: (row) =>
              row.rank === undefined ? t('notYet', { n: ranking.minReviews }) : t(`tie.${row.tie}`),
          },
        ]}
      />
      {ranking.lotterySeed ? (
        <p class="small muted">
          {t('seed')} <code class="seed">{ranking.lotterySeed}</code>
        </p>
      ) : null}
    </section>
  );
}
