import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { useMessages } from '~/i18n/use-messages';
import type { Factors } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

type Props = { factors: Factors; onCodes: (codes: string[]) => void };

/** How many recovery codes are left, and a new set. Nothing without another factor. */
export function RecoveryCodes({ factors, onCodes }: Props) {
  const t = useMessages(messages);
  const renew = useAct(async () => onCodes((await ok(api.POST('/me/recovery-codes'))).codes), '');
  if (!factors.totpSince && factors.passkeys.length === 0) return null;
  return (
    <section class="section" aria-labelledby="recovery">
      <h2 id="recovery">{t('recovery.title')}</h2>
      <p>{t('recovery.left', { n: factors.recoveryLeft })}</p>
      {renew.error ? <ErrorState error={renew.error} onRetry={renew.run} /> : null}
      <div class="actions">
        <Button kind="outline" onClick={renew.ask}>
          {t('recovery.renew')}
        </Button>
      </div>
      <ConfirmDialog
        open={renew.asking}
        onClose={renew.close}
        onConfirm={renew.run}
        title={t('recovery.renew.title')}
        confirm={t('recovery.renew')}
      >
        <p>{t('recovery.renew.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
