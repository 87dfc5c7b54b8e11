import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';

/** Keeps the height of what is coming, so that nothing jumps: s a panel, m a list, l a page. */
export function Loading({ size = 'm' }: { size?: 's' | 'm' | 'l' }) {
  const t = useMessages(messages);
  return (
    <div class={`loading loading-${size}`} role="status">
      <p>{t('loading')}</p>
    </div>
  );
}
