import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { When } from '~/components/When';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { AppSetup } from './AppSetup';
import type { Factors } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

type Offer = components['schemas']['TotpOffer'];
type Props = { factors: Factors; onCodes: (codes: string[]) => void };

/** The authenticator app: set up, change, remove. */
export function AppFactor({ factors, onCodes }: Props) {
  const t = useMessages(messages);
  const [offer, setOffer] = useState<Offer>();
  const [error, setError] = useState<unknown>();
  const begin = async () => {
    setError(undefined);
    try {
      setOffer(await proved(() => ok(api.POST('/me/totp/offer'))));
    } catch (failure) {
      setError(failure);
    }
  };
  const remove = useAct(() => ok(api.DELETE('/me/totp')), t('app.removed'));
  return (
    <section class="section" aria-labelledby="app-factor">
      <h2 id="app-factor">{t('app.title')}</h2>
      {factors.totpSince ? (
        <p>
          {t('app.since')}
          <When at={factors.totpSince} short />
        </p>
      ) : (
        <p>{t('app.text')}</p>
      )}
      {error ? <ErrorState error={error} onRetry={begin} /> : null}
      {remove.error ? <ErrorState error={remove.error} onRetry={remove.run} /> : null}
      {offer ? (
        <AppSetup
          offer={offer}
          onDone={(codes) => {
            setOffer(undefined);
            onCodes(codes);
          }}
        />
      ) : (
        <div class="actions">
          <Button kind={factors.totpSince ? 'outline' : 'primary'} onClick={begin}>
            {t(factors.totpSince ? 'app.change' : 'app.set')}
          </Button>
          {factors.totpSince ? (
            <Button kind="link" onClick={remove.ask}>
              {t('app.remove')}
            </Button>
          ) : null}
        </div>
      )}
      <ConfirmDialog
        open={remove.asking}
        onClose={remove.close}
        onConfirm={remove.run}
        title={t('app.remove.title')}
        confirm={t('app.remove')}
        danger
      >
        <p>{t(factors.required ? 'remove.required' : 'remove.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
