import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { bytes } from '~/features/question/bytes';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryFile } from './api';
import { messages } from './messages';
import { follow, isWaiting, OtherFile, remembered } from './upload/store';
import './entry.css';

type Props = {
  entry: Entry;
  file: EntryFile;
  /** Opens the field's own file dialog, where there is one. */
  onChoose?: () => void;
  onDiscard?: () => void;
};

/** A file that is announced and whose bytes do not come at the moment: what to do about it. */
export function Waiting({ entry, file, onChoose, onDiscard }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState('');
  const own = remembered(entry.id, file.fieldId)?.fileId === file.id;
  const promised = isWaiting(file);
  const send = async (chosen: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!chosen) return;
    setFault('');
    try {
      await follow(entry, file, chosen);
    } catch (failure) {
      if (failure instanceof OtherFile) setFault(t('waiting.other', { name: file.name }));
      else setFault(failure instanceof ProblemError ? failure.message : t('failed'));
    }
  };
  return (
    <div class="entry-file">
      <p>
        <span class="entry-file-name">{file.name}</span>{' '}
        <span class="small muted nowrap">{bytes(file.size, language)}</span>
      </p>
      {promised ? (
        <>
          <p>
            <Tag tone="warning">{t('file.uploading')}</Tag>{' '}
            <span class="small">{t(file.sent ? 'waiting.sent' : 'waiting.text')}</span>
          </p>
          <p>
            {t('waiting.until')}
            <When at={entry.window.filesUntil} zone={entry.challenge.dates.timeZone} />
          </p>
          {file.reason === 'hash_differs' && !fault ? (
            <p class="error-text">{t('waiting.differed')}</p>
          ) : null}
        </>
      ) : (
        <p>{t(own ? 'upload.broken' : 'upload.elsewhere', { name: file.name })}</p>
      )}
      {fault ? (
        <p class="error-text" role="alert">
          {fault}
        </p>
      ) : null}
      {promised ? (
        <input
          ref={input}
          type="file"
          class="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
      ) : null}
      <p class="actions">
        {promised || (own && onChoose) ? (
          <Button kind="outline" onClick={() => (promised ? input.current?.click() : onChoose?.())}>
            {t('upload.again')}
            <span class="visually-hidden"> {file.name}</span>
          </Button>
        ) : null}
        {onDiscard ? (
          <Button kind="outline" onClick={onDiscard}>
            {t('upload.discard')}
            <span class="visually-hidden"> {file.name}</span>
          </Button>
        ) : null}
      </p>
    </div>
  );
}
