import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Asks for the confirmation once more. */
export function Resend({ email }: { email: string }) {
  const t = useMessages(messages);
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<unknown>();
  const send = async () => {
    if (state === 'busy') return;
    setState('busy');
    setError(undefined);
    try {
      await ok(api.POST('/auth/resend', { body: { email } }));
      setState('sent');
    } catch (failure) {
      setError(failure);
      setState('idle');
    }
  };
  if (error) return <ErrorState error={error} onRetry={send} />;
  return (
    <div>
      <p role="status">{state === 'sent' ? t('mail.sent') : null}</p>
      {state === 'sent' ? null : (
        <Button kind="outline" aria-busy={state === 'busy'} onClick={send}>
          {t('mail.again')}
        </Button>
      )}
    </div>
  );
}
