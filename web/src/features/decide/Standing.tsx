import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Row } from './api';
import { messages } from './messages';

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** "Jury: rank 2, mean 71.5 ± 3.2, 4 reviews". */
export function Standing({ row }: { row: Row }) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (row.mean === undefined) return <p class="small">{t('jury.none')}</p>;
  const mean = number(row.mean, language, tenths);
  const spread = row.se === undefined ? '' : ` ± ${number(row.se, language, tenths)}`;
  return (
    <p class="small">
      {row.rank === undefined ? t('jury.unranked') : t('jury.rank', { n: row.rank })}{' '}
      {t('jury.mean', { mean: `${mean}${spread}`, n: row.reviews })}
    </p>
  );
}
