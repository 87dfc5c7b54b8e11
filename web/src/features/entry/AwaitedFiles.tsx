import { Notice } from '~/components/Notice';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';
import { useStore } from '~/lib/store';
import type { Entry } from './api';
import { messages } from './messages';
import { UploadProgress } from './UploadProgress';
import { isWaiting, uploads } from './upload/store';
import { Waiting } from './Waiting';

/** Files that the entry was submitted with by their fingerprint: until when they may follow, and how. */
export function AwaitedFiles({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const now = useNow();
  const active = useStore(uploads);
  const sent = entry.files.filter((file) => file.sent);
  const waiting = sent.filter(isWaiting);
  const missing = sent.filter((file) => file.state === 'missing');
  const zone = entry.challenge.dates.timeZone;
  if (entry.status === 'withdrawn') return null;
  return (
    <>
      {missing.length > 0 ? (
        <Notice tone="danger" title={t('awaited.missing', { n: missing.length })}>
          <p>{missing.map((file) => file.name).join(', ')}</p>
          <p>
            {t('awaited.missing.text')}
            <When at={entry.window.filesUntil} zone={zone} />
          </p>
        </Notice>
      ) : null}
      {waiting.length > 0 && now < new Date(entry.window.filesUntil) ? (
        <section class="section" aria-labelledby="awaited">
          <h2 id="awaited">{t('awaited.title')}</h2>
          <p>
            {t('awaited.text')}
            <When at={entry.window.filesUntil} zone={zone} />
          </p>
          {waiting.map((file) => {
            const upload = active[file.fieldId];
            return upload?.fileId === file.id ? (
              <UploadProgress key={file.id} active={upload} />
            ) : (
              <Waiting key={file.id} entry={entry} file={file} />
            );
          })}
        </section>
      ) : null}
    </>
  );
}
