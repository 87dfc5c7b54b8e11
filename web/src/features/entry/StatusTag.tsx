import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import type { EntryStatus } from './api';
import { messages } from './messages';
import { statusTone } from './words';

/** Where an entry stands, in words. */
export function StatusTag({ status }: { status: EntryStatus }) {
  const t = useMessages(messages);
  return <Tag tone={statusTone[status]}>{t(`status.${status}`)}</Tag>;
}
