import { useEffect } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { ProgressBar } from '~/components/ProgressBar';
import { bytes } from '~/features/question/files';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { messages } from './messages';
import type { Active } from './upload/store';

/** How far an upload is, with pause, resume and cancel. */
export function UploadProgress({ active, onCancel }: { active: Active; onCancel: () => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { name, progress, run } = active;
  const { state, sent, total, error } = progress;
  // Said once a state; the bar itself tells how far it is to who asks.
  useEffect(() => announce(`${name}: ${t(`upload.${state}`)}`), [state]);
  const stopped = state === 'paused' || state === 'failed';
  const percent = Math.floor((sent / total) * 100);
  return (
    <div class="entry-file">
      <p class="entry-file-name">{name}</p>
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
      <p class="actions">
        {state === 'finishing' || state === 'done' ? null : (
          <Button kind="outline" onClick={() => (stopped ? run?.resume() : run?.pause())}>
            {t(stopped ? 'upload.resume' : 'upload.pause')}
          </Button>
        )}
        <Button kind="outline" onClick={onCancel}>
          {t('upload.cancel')}
        </Button>
      </p>
    </div>
  );
}
