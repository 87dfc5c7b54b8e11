import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Decision, Row } from './api';
import { messages } from './messages';

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

type Props = { row: Row; order: Decision['order'] };

/** "Jury: rank 2. Calibrated 73.0 ± 3.1 (counts) · Raw mean 71.5 ± 3.2 (for comparison, rank 4) · 4 reviews". */
export function Standing({ row, order }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (row.mean === undefined) return <p class="small">{t('jury.none')}</p>;
  const raw = { key: 'raw', value: row.mean, error: row.se, rank: row.rawRank } as const;
  const calibrated = {
    key: 'calibrated',
    value: row.calibrated,
    error: row.calibratedSe,
    rank: row.calibratedRank,
  } as const;
  const numbers = order === 'raw' ? [raw, calibrated] : [calibrated, raw];
  const said = numbers.flatMap(({ key, value, error, rank }, at) => {
    if (value === undefined) return [];
    const spread = error === undefined ? '' : ` ± ${number(error, language, tenths)}`;
    const text = t(`jury.${key}`, { value: `${number(value, language, tenths)}${spread}` });
    const what = t(at === 0 ? 'jury.counts' : 'jury.advice');
    const note =
      at === 0 || rank === undefined ? what : t('jury.note', { what, place: t('jury.by', { n: rank }) });
    return [t('jury.said', { text, note })];
  });
  return (
    <>
      <Recommended row={row} />
      <p class="small">
        {row.rank === undefined ? t('jury.unranked') : t('jury.rank', { n: row.rank })}
        {[...said, t('jury.reviews', { n: row.reviews })].join(' · ')}
      </p>
    </>
  );
}

/** What the jury made of the entry in its meeting. */
function Recommended({ row: { recommended } }: { row: Row }) {
  const t = useMessages(messages);
  if (!recommended) return null;
  const outcome = t(`outcome.${recommended.outcome}`);
  return (
    <p class="decide-recommended">
      {recommended.place === undefined
        ? t('recommended', { outcome })
        : t('recommended.place', { outcome, n: recommended.place })}
    </p>
  );
}
