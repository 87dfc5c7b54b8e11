import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { Button } from '~/components/Button';
import { describedBy, Field, idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { type Entry, type EntryField, renewEntry } from './api';
import { FileItem } from './FileItem';
import { messages } from './messages';
import { UploadProgress } from './UploadProgress';
import { acceptOf, begin, cancel, refusal, remembered, remove, uploads } from './upload/store';
import { bytes } from './words';
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
  const label = textIn(field.label as LocalText, language);
  const hint = textIn(field.hint as LocalText, language);
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
      <Field
        name={name}
        label={<LangText {...label} />}
        optional={!field.required}
        error={said}
        hint={
          hint.text ? (
            <LangText {...hint} />
          ) : (
            t('file.limits', {
              types: acceptOf(field).replaceAll('.', '').replaceAll(',', ', ').toUpperCase(),
              max: bytes(field.maxBytes ?? 2 ** 31, language),
            })
          )
        }
      >
        <input
          ref={input}
          id={idOf(name)}
          name={name}
          type="file"
          class="input"
          accept={acceptOf(field)}
          aria-invalid={said ? true : undefined}
          aria-describedby={describedBy(name, true, said)}
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </Field>
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
          <FileItem key={file.id} file={file} onRemove={() => takeOut(file.id, file.name)} />
        ),
      )}
    </div>
  );
}
