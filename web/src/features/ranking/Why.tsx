import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Ranking, RankingRow } from './api';
import { messages } from './messages';
import { jurorName } from './names';
import { points, signed } from './words';

const page = 20;

/** For each entry: the jurors' totals, what is taken off or added, and what comes out. */
export function Why({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const [shown, show] = useState(page);
  const rows = ranking.rows.filter((row) => row.reviews > 0);
  return (
    <section class="section stack" aria-labelledby="why">
      <h2 id="why">{t('why')}</h2>
      <p class="prose">{t('why.text')}</p>
      <div class="ranking-why">
        {rows.slice(0, shown).map((row) => (
          <Disclosure
            key={row.entryId}
            summary={`${row.rank === undefined ? '' : t('rank.dot', { n: row.rank })}${row.reference} ${row.teamName}`}
          >
            <Sum row={row} ranking={ranking} />
          </Disclosure>
        ))}
      </div>
      {rows.length > shown ? <Button onClick={() => show(shown + page)}>{t('more')}</Button> : null}
    </section>
  );
}

function Sum({ row, ranking }: { row: RankingRow; ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const lines = [
    ...row.scores.map((each) => ({ key: each.seatId, total: each.total, after: each.adjusted })),
    { key: '', total: row.mean ?? 0, after: row.calibrated },
  ];
  const name = (seat: string) => jurorName(ranking, seat, t);
  return (
    <div class="stack">
      <Table
        caption={t('why.caption', { entry: row.reference })}
        rows={lines}
        rowKey={(line) => line.key}
        narrow="scroll"
        columns={[
          {
            key: 'juror',
            title: t('juror'),
            heading: true,
            cell: (line) => (line.key ? name(line.key) : t('why.mean')),
          },
          {
            key: 'total',
            title: t('why.total'),
            numeric: true,
            cell: (line) => points(line.total, language),
          },
          ...(row.calibrated === undefined
            ? []
            : [
                {
                  key: 'off',
                  title: t('why.off'),
                  numeric: true,
                  cell: (line: (typeof lines)[number]) =>
                    line.after === undefined ? '–' : signed(line.after - line.total, language),
                },
                {
                  key: 'after',
                  title: t('why.after'),
                  numeric: true,
                  cell: (line: (typeof lines)[number]) =>
                    line.after === undefined ? '–' : points(line.after, language),
                },
              ]),
        ]}
      />
      <p class="prose">
        {row.official === undefined
          ? null
          : t(`why.${ranking.order}`, { value: points(row.official, language) })}
        {row.lowRank === undefined || row.highRank === undefined
          ? null
          : t(row.lowRank === row.highRank ? 'why.rank' : 'why.ranks', {
              low: row.lowRank,
              high: row.highRank,
            })}
        {row.tie === 'none' ? null : t(`why.tie.${row.tie}`)}
      </p>
      <p class="small">{t('why.criteria')}</p>
      <dl class="row-facts">
        {row.criteria.map((each) => {
          const criterion = ranking.criteria.find((one) => one.id === each.criterionId);
          const title = textIn(criterion?.name ?? {}, language);
          return (
            <div key={each.criterionId}>
              <dt lang={title.lang}>{title.text}</dt>
              <dd>{points(each.mean, language)}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
