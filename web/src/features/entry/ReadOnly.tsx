import { AnswerText } from '~/features/question/AnswerText';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryField, EntrySection } from './api';
import { askedOf } from './asked';
import { FileItem } from './FileItem';
import { messages } from './messages';
import './entry.css';

/** A section's answers to read. `change` adds something to each, such as a link to its field. */
export function ReadOnly({
  entry,
  section,
  change,
  only,
}: {
  entry: Entry;
  section: EntrySection;
  change?: (field: EntryField) => preact.ComponentChildren;
  /** Which fields to show; all of the section unless told. */
  only?: (field: EntryField) => boolean;
}) {
  const language = useLanguage();
  const asked = askedOf(entry);
  const fields = entry.fields.filter(
    (field) => field.section === section.key && asked.has(field.key) && (only?.(field) ?? true),
  );
  return (
    <dl class="facts">
      {fields.map((field) => {
        const label = textIn(field.label as LocalText, language);
        return (
          <div key={field.id}>
            <dt lang={label.lang === language ? undefined : label.lang}>{label.text}</dt>
            <dd class="entry-answer">
              <Value entry={entry} field={field} />
              {change?.(field)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Value({ entry, field }: { entry: Entry; field: EntryField }) {
  const t = useMessages(messages);
  if (field.kind === 'file') {
    // What is on its way is part of the entry once its fingerprint is known.
    const files = entry.files.filter(
      (file) =>
        file.fieldId === field.id && !file.replaced && (file.state !== 'uploading' || file.promisedSha256),
    );
    if (files.length === 0) return <p class="muted">{t('empty')}</p>;
    return files.map((file) => <FileItem key={file.id} file={file} />);
  }
  const value = entry.answers.find((answer) => answer.fieldId === field.id)?.value ?? '';
  return <AnswerText field={field} value={value} lang={entry.language} />;
}
