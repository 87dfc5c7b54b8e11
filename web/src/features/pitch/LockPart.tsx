import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { lock, type Round, reload } from './api';
import { messages } from './messages';

/** The chair locks the round; what is missing must be accepted. */
export function LockPart({ round }: { round: Round }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const missing = error instanceof ProblemError && error.code === 'pitch.missing';
  const run = async () => {
    setAsking(false);
    try {
      await lock(round, missing);
      showToast(t('locked'));
    } catch (failure) {
      setError(failure);
      if (failure instanceof ProblemError && failure.status === 412) await reload(round.challengeId);
    }
  };
  return (
    <section class="section stack" aria-labelledby="lock">
      <h2 id="lock">{t('lock')}</h2>
      <p class="prose">{t('lock.text')}</p>
      {missing ? (
        <Notice tone="warning" title={(error as ProblemError).message} live>
          <p>{t('lock.missing')}</p>
        </Notice>
      ) : error ? (
        <ErrorState error={error} />
      ) : null}
      <p class="actions">
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t(missing ? 'lock.anyway' : 'lock')}
        </Button>
      </p>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void run()}
        title={t('lock.confirm')}
        confirm={t('lock')}
        danger
      >
        <p>{t('lock.confirm.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
