import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { Table } from '~/components/Table';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Ranking, RankingRow } from './api';
import { messages } from './messages';
import { Sample, Track } from './Track';
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
    <div class="stack ranking-order">
      <Legend order={order} />
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
          {
            key: 'chance',
            title: t('chance', { n: places }),
            cell: (row) =>
              row.chance === undefined
                ? '–'
                : t('chance.said', {
                    word: t(`chance.${band(row.chance)}`),
                    percent: percent(row.chance, language),
                  }),
          },
          {
            key: 'drawn',
            title: t('drawn', { low: scale.low, high: scale.high }),
            cell: (row) => <Drawn row={row} order={order} scale={scale} />,
          },
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
        ]}
      />
      {ranking.rows.length > shown ? <Button onClick={() => show(shown + page)}>{t('more')}</Button> : null}
      {ranking.lotterySeed ? (
        <p class="small muted">
          {t('seed')}
          <code class="seed">{ranking.lotterySeed}</code>
        </p>
      ) : null}
    </div>
  );
}

/** What the drawing and the numbers stand for. */
function Legend({ order }: { order: Ranking['order'] }) {
  const t = useMessages(messages);
  return (
    <div class="small">
      <ul class="ranking-key">
        <li>
          <Sample line />
          {t(`key.${order}`)}
        </li>
        <li>
          <Sample />
          {t(`key.other.${order}`)}
        </li>
      </ul>
      <p class="prose">
        {t('legend')}
        {order === 'raw' ? t('legend.raw') : null}
      </p>
    </div>
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
      {row.rank === ranking.places ? (
        <span class="small ranking-title ranking-last">{t('last', { n: ranking.places })}</span>
      ) : null}
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
      {rank === undefined ? null : (
        <span class="small muted ranking-part ranking-rank">{t('rank.n', { n: rank })}</span>
      )}
    </>
  );
}
