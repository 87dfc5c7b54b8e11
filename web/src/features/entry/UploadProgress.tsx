import { useEffect } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ProgressBar } from '~/components/ProgressBar';
import { When } from '~/components/When';
import { bytes } from '~/features/question/bytes';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { messages } from './messages';
import { type Fingerprint, fingerprints } from './upload/fingerprints';
import type { Active } from './upload/store';

type Props = {
  active: Active;
  /** Until when the file may follow a submission, and the zone to say it in. */
  until?: string;
  zone?: string;
  onCancel?: () => void;
};

/** How far an upload is, with pause, resume and cancel; and how far its fingerprint. */
export function UploadProgress({ active, until, zone, onCancel }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { name, progress, run, fileId } = active;
  const print = useStore(fingerprints)[fileId];
  const { state, sent, total, error } = progress;
  // Said once a state; the bar itself tells how far it is to who asks.
  useEffect(() => announce(`${name}: ${t(`upload.${state}`)}`), [state]);
  const stopped = state === 'paused' || state === 'failed';
  const percent = Math.floor((sent / total) * 100);
  return (
    <div class="entry-file">
      <p class="entry-file-name" dir="auto">
        {name}
      </p>
      <ProgressBar
        label={t('upload.progress', { name })}
        value={sent}
        max={total}
        text={t('upload.of', { percent, sent: bytes(sent, language), total: bytes(total, language) })}
      />
      <p class={state === 'failed' ? 'error-text' : 'small'}>
        {t(`upload.${state}`)}
        {error instanceof ProblemError ? ` ${error.message}` : ''}
      </p>
      {print && state !== 'done' ? <Print print={print} until={until} zone={zone} /> : null}
      <p class="actions">
        {state === 'finishing' || state === 'done' || state === 'proving' ? null : (
          <Button kind="outline" onClick={() => (stopped ? run?.resume() : run?.pause())}>
            {t(stopped ? 'upload.resume' : 'upload.pause')}
          </Button>
        )}
        {onCancel ? (
          <Button kind="outline" onClick={onCancel}>
            {t('upload.cancel')}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

/** Whether the entry can be submitted before the bytes are there. */
function Print({ print, until, zone }: { print: Fingerprint; until?: string; zone?: string }) {
  const t = useMessages(messages);
  const { hashed, total, sent, error } = print;
  useEffect(() => {
    if (sent) announce(t('print.sent'));
  }, [sent]);
  if (error) return <p class="small">{t('print.failed')}</p>;
  if (!sent) return <p class="small">{t('print.busy', { percent: Math.floor((hashed / total) * 100) })}</p>;
  return (
    <p class="small">
      {t('print.sent')}
      {until ? (
        <>
          {t('waiting.until')}
          <When at={until} zone={zone} />
        </>
      ) : null}
    </p>
  );
}
