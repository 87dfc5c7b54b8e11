import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Progress, refreshChair } from './api';
import { messages } from './messages';

/** Locks the scores, and shows each lock that was made. */
export function LockPanel({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const missing = progress.jurors.reduce((sum, each) => sum + each.assigned - each.submitted, 0);
  const lock = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await ok(
        api.POST('/manage/challenges/{id}/lock', {
          params: { path: { id: progress.challengeId } },
          body: { acceptMissing: missing > 0 },
        }),
      );
      showToast(t('lock.done'));
    } catch (failure) {
      setError(failure);
    }
    await refreshChair();
  };
  const may = progress.allowedActions.includes('jury.lock');
  if (!may && progress.rounds.length === 0) return null;
  return (
    <section class="section" aria-labelledby="lock">
      <h2 id="lock">{t(may ? 'lock' : 'locked')}</h2>
      {progress.reopened > 0 ? (
        <Notice tone="warning">{t('lock.reopened', { n: progress.reopened })}</Notice>
      ) : null}
      {progress.rounds.length > 0 ? (
        <ol class="stack rounds">
          {progress.rounds.map((each) => (
            <li key={each.number}>
              <p>
                {t('lock.round', { n: each.number, reviews: each.reviews })}
                <When at={each.lockedAt} zone={progress.timeZone} short />
              </p>
              <p class="small muted">
                {t('lock.root')}
                <code class="seed">{each.root}</code>
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <p class="prose">{t('lock.text')}</p>
      )}
      {error ? <ErrorState error={error} /> : null}
      <div class="actions">
        {may ? (
          <Button kind="danger" onClick={() => setAsking(true)}>
            {t('lock.submit')}
          </Button>
        ) : null}
        {progress.lockedAt ? (
          <>
            <LinkButton href={`/manage/challenges/${progress.challengeId}/meeting`}>
              {t('meeting')}
            </LinkButton>
            <LinkButton href={`/manage/challenges/${progress.challengeId}/awards`}>{t('awards')}</LinkButton>
          </>
        ) : null}
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void lock()}
        title={t('lock.confirm')}
        confirm={t('lock.submit')}
        danger
      >
        <p>{t('lock.confirm.text')}</p>
        {missing > 0 ? <p>{t('lock.missing', { n: missing })}</p> : null}
      </ConfirmDialog>
    </section>
  );
}
