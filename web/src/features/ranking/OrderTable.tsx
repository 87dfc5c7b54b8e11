import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Table } from '~/components/Table';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Ranking, RankingRow } from './api';
import { messages } from './messages';
import { Track } from './Track';
import { band, errorOf, ninety, percent, points, type Scale, scaleOf, signed } from './words';

const page = 100;

/** The three numbers of every entry side by side, drawn and with the chance of a place. */
export function OrderTable({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [shown, show] = useState(page);
  const scale = scaleOf(ranking);
  const { order, places } = ranking;
  return (
    <>
      <p class="prose small">{t(`legend.${order}`, { low: scale.low, high: scale.high })}</p>
      <Table
        caption={t('caption')}
        rows={ranking.rows.slice(0, shown)}
        rowKey={(row) => row.entryId}
        columns={[
          { key: 'rank', title: t('rank'), numeric: true, cell: (row) => row.rank ?? '–' },
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (row) => <Entry row={row} ranking={ranking} />,
          },
          { key: 'drawn', title: t('drawn'), cell: (row) => <Drawn row={row} order={order} scale={scale} /> },
          {
            key: 'raw',
            title: t('raw'),
            numeric: true,
            cell: (row) => <Score value={row.mean} error={row.se} rank={row.rawRank} />,
          },
          {
            key: 'calibrated',
            title: t('calibrated'),
            numeric: true,
            cell: (row) => (
              <Score value={row.calibrated} error={row.calibratedSe} rank={row.calibratedRank} />
            ),
          },
          {
            key: 'z',
            title: t('z'),
            numeric: true,
            cell: (row) => (row.z === undefined ? '–' : signed(row.z, language)),
          },
          {
            key: 'chance',
            title: t('chance', { n: places }),
            cell: (row) =>
              row.chance === undefined ? (
                '–'
              ) : (
                <>
                  {t(`chance.${band(row.chance)}`)}{' '}
                  <span class="nowrap">({percent(row.chance, language)})</span>
                </>
              ),
          },
        ]}
      />
      {ranking.rows.length > shown ? <Button onClick={() => show(shown + page)}>{t('more')}</Button> : null}
      {ranking.lotterySeed ? (
        <p class="small muted">
          {t('seed')} <code class="seed">{ranking.lotterySeed}</code>
        </p>
      ) : null}
    </>
  );
}

function Entry({ row, ranking }: { row: RankingRow; ranking: Ranking }) {
  const t = useMessages(messages);
  return (
    <>
      {row.reference} {row.teamName}
      <span class="small muted ranking-title">{row.title}</span>
      {row.rank === undefined ? (
        <span class="small ranking-title">{t('notYet', { n: ranking.minReviews })}</span>
      ) : row.tie === 'none' ? null : (
        <span class="small ranking-title">{t(`tie.${row.tie}`)}</span>
      )}
    </>
  );
}

function Drawn({ row, order, scale }: { row: RankingRow; order: Ranking['order']; scale: Scale }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (row.official === undefined) return null;
  const error = errorOf(row, order);
  const half = error === undefined ? undefined : ninety * error;
  const at = (value: number) => points(Math.min(100, Math.max(0, value)), language);
  return (
    <Track
      scale={scale}
      value={row.official}
      half={half}
      other={order === 'raw' ? row.calibrated : row.mean}
      label={
        half === undefined
          ? at(row.official)
          : t('between', { low: at(row.official - half), high: at(row.official + half) })
      }
    />
  );
}

function Score({ value, error, rank }: { value?: number; error?: number; rank?: number }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (value === undefined) return <>–</>;
  return (
    <>
      <span class="nowrap">
        {points(value, language)}
        {error === undefined ? null : ` ± ${points(error, language)}`}
      </span>
      {rank === undefined ? null : <span class="small muted ranking-part">{t('rank.n', { n: rank })}</span>}
    </>
  );
}
