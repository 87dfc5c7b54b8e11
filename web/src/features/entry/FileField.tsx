import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { When } from '~/components/When';
import { bytes } from '~/features/question/bytes';
import { refusal } from '~/features/question/files';
import { messages as question } from '~/features/question/messages';
import { FileQuestion } from '~/features/question/QuestionField';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useStore } from '~/lib/store';
import { News } from './AnswerField';
import { type Entry, type EntryField, type EntryFile, renewEntry } from './api';
import { EarlierFiles } from './EarlierFiles';
import { FileItem } from './FileItem';
import { messages } from './messages';
import { UploadProgress } from './UploadProgress';
import { begin, cancel, OtherFile, remove, restore, uploads } from './upload/store';
import { Waiting } from './Waiting';
import './entry.css';

type Props = { entry: Entry; field: EntryField; error?: string };

/** A question that is answered with a file. */
export function FileField({ entry, field, error }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const running = useStore(uploads)[field.id];
  const active = running?.entryId === entry.id ? running : undefined;
  const files = entry.files.filter((file) => file.fieldId === field.id && file.id !== active?.fileId);
  const broken = files.find((file) => file.state === 'uploading' && !file.replaced);
  const standing = files.filter((file) => file.state !== 'uploading' && !file.replaced);
  const name = `fields.${field.key}`;
  // It is drawn after the page: who was sent here by a link to it has waited for it.
  useEffect(() => {
    if (location.hash === `#${idOf(name)}`) document.getElementById(idOf(name))?.focus();
  }, [name]);
  const said = fault || error;

  const attempt = async (work: () => Promise<unknown>) => {
    setFault('');
    try {
      await work();
    } catch (failure) {
      if (failure instanceof OtherFile) return setFault(t('waiting.other', { name: broken?.name ?? '' }));
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

  const bringBack = async (file: EntryFile) => {
    await restore(file.id);
    await renewEntry(entry.id);
    announce(t('versions.restored', { name: file.name }));
  };

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
          until={entry.window.filesUntil}
          zone={entry.challenge.dates.timeZone}
          onCancel={() => attempt(() => cancel(entry.id, field.id, active.fileId))}
        />
      ) : null}
      {broken && !active ? (
        <Waiting
          entry={entry}
          file={broken}
          onChoose={() => input.current?.click()}
          onDiscard={() => attempt(() => cancel(entry.id, field.id, broken.id))}
        />
      ) : null}
      {standing.map((file) => (
        <FileItem
          key={file.id}
          file={file}
          onReplace={field.frozen ? undefined : () => input.current?.click()}
          onRemove={field.frozen ? undefined : () => takeOut(file.id, file.name)}
        />
      ))}
      <EarlierFiles
        files={files.filter((file) => file.replaced)}
        onRestore={field.frozen ? undefined : (file) => attempt(() => bringBack(file))}
      />
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
