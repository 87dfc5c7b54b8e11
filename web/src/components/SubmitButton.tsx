import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';
import { Button } from './Button';

type Props = { busy: boolean; children: string; kind?: 'primary' | 'danger' };

/** Sends the form around it. Never disabled: while it sends it says so, and a second press does nothing. */
export function SubmitButton({ busy, children, kind = 'primary' }: Props) {
  const t = useMessages(messages);
  return (
    <Button type="submit" kind={kind} aria-busy={busy}>
      {busy ? t('sending') : children}
    </Button>
  );
}
