import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { signedOut } from '~/api/session';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { lasting } from '~/lib/storage';
import { showToast } from '~/lib/toast';
import { messages } from './messages';

/** Erases the account, after saying what goes and what stays. */
export function Erase() {
  const t = useMessages(messages);
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await proved(() => ok(api.POST('/me/erase')));
      lasting.removeAll('ft.typed.');
      signedOut();
      showToast(t('erase.done'));
      navigate('/', { replace: true });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section class="section" aria-labelledby="erase">
      <h2 id="erase">{t('erase.title')}</h2>
      <p>{t('erase.goes')}</p>
      <p>{t('erase.stays')}</p>
      {error ? <ErrorState error={error} /> : null}
      <div class="actions">
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('erase.ask')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={run}
        title={t('erase.sure')}
        confirm={t('erase.confirm')}
        danger
      >
        <p>{t('erase.never')}</p>
      </ConfirmDialog>
    </section>
  );
}
