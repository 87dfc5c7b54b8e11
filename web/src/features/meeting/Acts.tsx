import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { close, type Meeting, open, reload } from './api';
import { messages } from './messages';

/** Opens the meeting, and closes it with everything that is pending. */
export function Acts({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (act: () => Promise<void>, done: string) => {
    setAsking(false);
    setError(undefined);
    try {
      await act();
      showToast(done);
    } catch (failure) {
      setError(failure);
      if (failure instanceof ProblemError && failure.status === 412) await reload(meeting.challengeId);
    }
  };
  const pending = meeting.items.filter((each) => each.outcome === undefined).length;
  return (
    <section class="section stack" aria-labelledby="acts">
      <h2 id="acts">{t(meeting.state === 'planned' ? 'open' : 'close')}</h2>
      <Refusal error={error} meeting={meeting} />
      {meeting.state === 'planned' ? (
        <>
          <p class="prose">{t(meeting.scoresLocked ? 'open.text' : 'open.locked')}</p>
          <p class="actions">
            {meeting.scoresLocked ? (
              <Button kind="primary" onClick={() => void run(() => open(meeting), t('opened'))}>
                {t('open')}
              </Button>
            ) : (
              <LinkButton href={`/manage/challenges/${meeting.challengeId}/jury`}>{t('jury')}</LinkButton>
            )}
          </p>
        </>
      ) : (
        <>
          <p class="prose">{t('close.text')}</p>
          {pending > 0 ? <p>{t('close.pending', { n: pending })}</p> : null}
          <p class="actions">
            <Button kind="danger" onClick={() => setAsking(true)}>
              {t('close')}
            </Button>
            <Button onClick={() => void run(() => open(meeting), t('again.done'))}>{t('again')}</Button>
          </p>
        </>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void run(() => close(meeting), t('closed'))}
        title={t('close.confirm')}
        confirm={t('close')}
        danger
      >
        <p>{t('close.confirm.text')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** What stands in the way, by entry. */
function Refusal({ error, meeting }: { error: unknown; meeting: Meeting }) {
  const t = useMessages(messages);
  if (!error) return null;
  const fields = error instanceof ProblemError ? Object.entries(error.fields) : [];
  if (fields.length === 0) return <ErrorState error={error} />;
  const said = fields.map(([name, text]) => {
    const [, entry, field] = name.split('.');
    const reference = meeting.items.find((each) => each.entryId === entry)?.reference ?? t('not.shown');
    const missing =
      field === 'reason' ? t('missing.reason') : field === 'outcome' ? t('missing.outcome') : text;
    return `${reference}: ${missing}`;
  });
  return (
    <Notice tone="danger" title={t('missing')} live>
      <ul>
        {said.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Notice>
  );
}
