import { Table } from '~/components/Table';
import { listed } from '~/i18n/listed';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Ranking, RankingJuror } from './api';
import { messages } from './messages';
import { entryName, jurorName } from './names';
import { Track } from './Track';
import { ninety, points, type Scale, signed } from './words';

/** The jurors beside each other: leniency, places that hang on one of them, reviews that stand out. */
export function Strictness({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <section class="section stack" aria-labelledby="strictness">
      <h2 id="strictness">{t('jurors')}</h2>
      {ranking.fit ? <Leniency ranking={ranking} /> : null}
      {ranking.rows.some((row) => row.rank !== undefined) ? <Without ranking={ranking} /> : null}
      {ranking.flags.length > 0 ? (
        <>
          <h3 class="ranking-next">{t('flags')}</h3>
          <p class="prose">{t(ranking.locked ? 'flags.locked' : 'flags.text')}</p>
          <ul class="stack">
            {ranking.flags.map((each) => (
              <li key={`${each.entryId} ${each.seatId}`}>
                {t('flag', {
                  juror: jurorName(ranking, each.seatId, t),
                  entry: entryName(ranking, each.entryId),
                  total: points(each.total, language),
                  expected: points(each.expected, language),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function Leniency({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const reach = (juror: RankingJuror) => Math.abs(juror.leniency ?? 0) + ninety * (juror.leniencySe ?? 0);
  const most = Math.max(5, Math.ceil(Math.max(...ranking.jurors.map(reach)) / 5) * 5);
  const scale: Scale = { low: -most, high: most };
  return (
    <>
      <p class="prose">{t('jurors.text')}</p>
      <Table
        caption={t('jurors.caption')}
        rows={[...ranking.jurors].sort((a, b) => (b.leniency ?? 0) - (a.leniency ?? 0))}
        rowKey={(juror) => juror.seatId}
        columns={[
          {
            key: 'juror',
            title: t('juror'),
            heading: true,
            cell: (juror) => jurorName(ranking, juror.seatId, t),
          },
          { key: 'reviews', title: t('reviews'), numeric: true, cell: (juror) => juror.reviews },
          { key: 'mean', title: t('given'), numeric: true, cell: (juror) => points(juror.mean, language) },
          {
            key: 'leniency',
            title: t('leniency'),
            numeric: true,
            cell: (juror) =>
              juror.leniency === undefined
                ? '–'
                : `${signed(juror.leniency, language)} ± ${points(juror.leniencySe ?? 0, language)}`,
          },
          {
            key: 'drawn',
            title: t('leniency.drawn', { n: most }),
            cell: (juror) => <Drawn juror={juror} scale={scale} />,
          },
        ]}
      />
    </>
  );
}

function Drawn({ juror, scale }: { juror: RankingJuror; scale: Scale }) {
  const t = useMessages(messages);
  if (juror.leniency === undefined) return null;
  const half = ninety * (juror.leniencySe ?? 0);
  const clear = Math.abs(juror.leniency) > half;
  const said = t(clear ? (juror.leniency > 0 ? 'lenient' : 'strict') : 'usual');
  return (
    <>
      <Track scale={scale} value={juror.leniency} half={half} zero={0} label={said} />
      <span class="small ranking-part" aria-hidden="true">
        {said}
      </span>
    </>
  );
}

/** The places that hang on one juror. */
function Without({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const names = (list: string[]) =>
    listed(
      list.map((entry) => entryName(ranking, entry)),
      language,
    );
  return (
    <>
      <h3 class="ranking-next">{t('without')}</h3>
      {ranking.without.length === 0 ? <p>{t('without.none')}</p> : <p class="prose">{t('without.text')}</p>}
      {ranking.without.length > 0 ? (
        <ul class="stack">
          {ranking.without.map((each) => (
            <li key={each.seatId}>
              {t('without.juror', { juror: jurorName(ranking, each.seatId, t) })}
              {each.lose.length === 0
                ? t('without.wins', { entries: names(each.wins) })
                : each.wins.length === 0
                  ? t('without.lose', { entries: names(each.lose) })
                  : t('without.both', { wins: names(each.wins), lose: names(each.lose) })}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
