import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import type { Kpi } from './api';
import { messages } from './messages';

/** Where an indicator stands, in words. Until the last deadline it is so far. */
export function Standing({ kpi: { status, provisional } }: { kpi: Pick<Kpi, 'status' | 'provisional'> }) {
  const t = useMessages(messages);
  if (status === 'empty') return <Tag>{t('status.empty')}</Tag>;
  return (
    <Tag tone={status === 'reached' ? 'success' : 'warning'}>
      {t(provisional ? `status.${status}.soFar` : `status.${status}`)}
    </Tag>
  );
}
