import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Turns an invitation down, after asking. */
export function Decline({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const decline = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await ok(api.POST('/invitations/decline', { body: { token } }));
      onDone();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div>
      {error ? <ErrorState error={error} onRetry={decline} /> : null}
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t('invitation.decline')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={decline}
        title={t('invitation.decline.title')}
        confirm={t('invitation.decline.confirm')}
        danger
      >
        <p>{t('invitation.decline.text')}</p>
      </ConfirmDialog>
    </div>
  );
}
