import { type PartName, partName } from '~/features/overtaken/part-name';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import type { Draft } from './draft';
import { messages } from './messages';

// What of a question can differ, and the words that the editor has for it.
const words = {
  label: 'label',
  hint: 'hint',
  kind: 'kind',
  required: 'required',
  maxChars: 'maxChars',
  maxWords: 'maxWords',
  min: 'min',
  max: 'max',
  unit: 'unit',
  accept: 'accept',
  maxBytes: 'maxBytes',
  options: 'options',
  shownIf: 'shownIf',
  frozenAfter: 'frozen',
  identifying: 'identifying',
  jurySees: 'jurySees',
  demonstration: 'demonstration',
  section: 'section.label',
} as const;

/** Names parts of a form: a path such as fields, budget, hint, ja. */
export function useFieldNames() {
  const t = useMessages(messages);
  const reader = useLanguage();
  const nameOf = ([list, key, part, ...rest]: Path, draft: Draft): PartName => {
    const sections = list === 'sections';
    const row = (sections ? draft.sections : draft.fields).find((each) => each.key === key);
    const name = textIn(row?.label, reader).text || t(sections ? 'section.new' : 'field.new');
    const word = sections ? 'section.label' : words[part as keyof typeof words];
    return partName([name, part && word ? t(word) : ''], rest.at(-1));
  };
  /** Lists of files, and other values that are no plain words. */
  const say = (value: unknown, [, , part]: Path): string => {
    if (part === 'accept' && Array.isArray(value))
      return value.map((each) => t(`family.${each as 'pdf'}`)).join(' · ');
    if (part === 'shownIf' && value) return t('tag.shownIf');
    return '';
  };
  return { nameOf, say };
}
