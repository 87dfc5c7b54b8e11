import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import type { Ranking } from './api';
import { messages } from './messages';
import { band, unsure } from './words';

/** Below this many entries a contest is small: everyone should read everything, and the meeting matters most. */
const small = 60;

/** How sure the order is, in sentences. */
export function Sureness({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const ranked = ranking.rows.filter((row) => row.rank !== undefined);
  return (
    <>
      <Notice title={t('sure')}>
        <Places ranking={ranking} />
        <p>
          {ranking.pooledSd === undefined
            ? t('sure.unknown')
            : t('sure.pairs', { n: unsure(ranking.rows, ranking.order), of: ranked.length - 1 })}
        </p>
        {ranked.length > 1 && ranked.length <= small ? <p>{t('sure.small')}</p> : null}
      </Notice>
      {ranking.split ? (
        <Notice tone="warning" title={t('split')}>
          <p>{t('split.text')}</p>
        </Notice>
      ) : null}
      {ranking.fit ? null : <p class="prose">{t('unfit')}</p>}
      {ranking.fit?.alike ? <p class="prose">{t('alike')}</p> : null}
    </>
  );
}

function Places({ ranking }: { ranking: Ranking }) {
  const t = useMessages(messages);
  const chances = ranking.rows.flatMap((row) => (row.chance === undefined ? [] : [band(row.chance)]));
  if (chances.length === 0) return null;
  if (chances.length <= ranking.places) return <p>{t('places.enough', { n: ranking.places })}</p>;
  const count = (...of: string[]) => chances.filter((each) => of.includes(each)).length;
  return (
    <p>
      {t('places', { n: ranking.places })}
      {t('places.certain', { n: count('certain') })}
      {t('places.open', { n: count('likely', 'open', 'unlikely') })}
      {t('places.hardly', { n: count('hardly') })}
    </p>
  );
}
