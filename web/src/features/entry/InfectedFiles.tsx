import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { sendBefore } from '~/features/correction/reopened';
import { useMessages } from '~/i18n/use-messages';
import { type Entry, may } from './api';
import { messages } from './messages';

/** Files that were submitted and in which a virus was found since, and what can be done about them. */
export function InfectedFiles({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const files = entry.files.filter((file) => file.sent && file.state === 'infected');
  if (files.length === 0) return null;
  return (
    <Notice tone="danger" title={t('infected.title', { n: files.length })}>
      <p>{files.map((file) => file.name).join(', ')}</p>
      {may(entry, 'entry.submit') ? (
        <p>
          {t('infected.open')}
          <When at={sendBefore(entry)} zone={entry.challenge.dates.timeZone} />
        </p>
      ) : (
        <p>{t('infected.closed')}</p>
      )}
    </Notice>
  );
}
