import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { When } from '~/components/When';
import { bytes, refusal } from '~/features/question/files';
import { messages as question } from '~/features/question/messages';
import { FileQuestion } from '~/features/question/QuestionField';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { News } from './AnswerField';
import { type Entry, type EntryField, renewEntry } from './api';
import { FileItem } from './FileItem';
import { messages } from './messages';
import { UploadProgress } from './UploadProgress';
import { begin, cancel, remembered, remove, uploads } from './upload/store';
import './entry.css';

type Props = { entry: Entry; field: EntryField; error?: string };

/** A question that is answered with a file. */
export function FileField({ entry, field, error }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const active = useStore(uploads)[field.id];
  const files = entry.files.filter((file) => file.fieldId === field.id && file.id !== active?.fileId);
  const broken = files.find((file) => file.state === 'uploading');
  const memory = remembered(entry.id, field.id);
  const name = `fields.${field.key}`;
  const said = fault || error;

  const attempt = async (work: () => Promise<unknown>) => {
    setFault('');
    try {
      await work();
    } catch (failure) {
      const texts = failure instanceof ProblemError ? Object.values(failure.fields) : [];
      setFault(texts[0] ?? (failure instanceof ProblemError ? failure.message : t('failed')));
    }
  };
  const choose = (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file) return;
    const why = refusal(field, file);
    if (why) return setFault(t(why, { max: bytes(field.maxBytes ?? 0, language) }));
    void attempt(() => begin(entry, field, file));
  };
  const takeOut = (fileId: string, fileName: string) =>
    attempt(async () => {
      await remove(fileId);
      await renewEntry(entry.id);
      announce(t('file.removed', { name: fileName }));
    });

  return (
    <div class="stack">
      <News field={field} />
      {field.frozen ? (
        <Frozen entry={entry} field={field} />
      ) : (
        <FileQuestion
          field={field}
          name={name}
          error={said}
          zone={entry.challenge.dates.timeZone}
          input={input}
          onFile={choose}
        />
      )}
      {active ? (
        <UploadProgress
          active={active}
          onCancel={() => attempt(() => cancel(entry.id, field.id, active.fileId))}
        />
      ) : null}
      {broken && !active ? (
        <div class="entry-file">
          <p class="entry-file-name">{broken.name}</p>
          <p>
            {t(memory?.fileId === broken.id ? 'upload.broken' : 'upload.elsewhere', { name: broken.name })}
          </p>
          <p class="actions">
            {memory?.fileId === broken.id ? (
              <Button kind="outline" onClick={() => input.current?.click()}>
                {t('upload.again')}
              </Button>
            ) : null}
            <Button kind="outline" onClick={() => attempt(() => cancel(entry.id, field.id, broken.id))}>
              {t('upload.discard')}
            </Button>
          </p>
        </div>
      ) : null}
      {files.map((file) =>
        file.state === 'uploading' ? null : (
          <FileItem
            key={file.id}
            file={file}
            onRemove={field.frozen ? undefined : () => takeOut(file.id, file.name)}
          />
        ),
      )}
    </div>
  );
}

/** In place of the control, once the field's moment has passed. */
function Frozen({ entry, field }: { entry: Entry; field: EntryField }) {
  const t = useMessages(question);
  const language = useLanguage();
  const given = entry.files.some((file) => file.fieldId === field.id);
  return (
    <div class="field" id={idOf(`fields.${field.key}`)} tabIndex={-1}>
      <p class="label">
        <LangText {...textIn(field.label as LocalText, language)} />
      </p>
      {field.frozenAfter ? (
        <p class="hint">
          {t(given ? 'frozen' : 'frozen.closed')}{' '}
          <When at={field.frozenAfter} zone={entry.challenge.dates.timeZone} />
        </p>
      ) : null}
    </div>
  );
}
