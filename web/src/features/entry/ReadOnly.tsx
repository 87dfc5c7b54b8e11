import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryField, EntrySection } from './api';
import { FileItem } from './FileItem';
import { messages } from './messages';
import './entry.css';

/** A section's answers to read. `change` adds something to each, such as a link to its field. */
export function ReadOnly({
  entry,
  section,
  change,
}: {
  entry: Entry;
  section: EntrySection;
  change?: (field: EntryField) => preact.ComponentChildren;
}) {
  const language = useLanguage();
  const fields = entry.fields.filter((field) => field.section === section.key);
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
  const language = useLanguage();
  if (field.kind === 'file') {
    const files = entry.files.filter((file) => file.fieldId === field.id && file.state !== 'uploading');
    if (files.length === 0) return <p class="muted">{t('empty')}</p>;
    return files.map((file) => <FileItem key={file.id} file={file} />);
  }
  const value = entry.answers.find((answer) => answer.fieldId === field.id)?.value ?? '';
  if (!value.trim()) return <p class="muted">{t('empty')}</p>;
  const option = field.options.find((each) => each.key === value);
  if (option) {
    const text = textIn(option.label as LocalText, language);
    return <p lang={text.lang === language ? undefined : text.lang}>{text.text}</p>;
  }
  return (
    <p class="entry-text" lang={entry.language === language ? undefined : entry.language}>
      {value}
    </p>
  );
}
