import { useMessages } from '~/i18n/use-messages';
import { useOnline } from '~/lib/use-online';
import { messages } from './messages';

/** Says that there is no connection, and that what was typed is kept. */
export function OfflineBanner() {
  const t = useMessages(messages);
  const online = useOnline();
  return (
    <div class="offline" role="status">
      {online ? null : <p class="offline-text">{t('offline')}</p>}
    </div>
  );
}
