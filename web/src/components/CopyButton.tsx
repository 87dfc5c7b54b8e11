import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { Button } from './Button';

/** A value to take along, such as a reference, and a button that copies it. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const t = useMessages(messages);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => showToast(t('copy.done')),
      () => showToast(t('copy.failed')),
    );
  return (
    <span class="copy">
      <code>{value}</code>
      <Button onClick={copy} aria-label={t('copy.label', { what: label })}>
        {t('copy')}
      </Button>
    </span>
  );
}
