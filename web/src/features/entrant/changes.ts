import { optionTexts } from '~/features/question/words';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import type { History, Version } from './api';

type Field = History['fields'][number];
type File = Version['files'][number];

export type Change =
  | { kind: 'text'; field: Field; before: string; after: string }
  | { kind: 'files'; field: Field; gone: File[]; come: File[]; renamed: File[] }
  | { kind: 'testbeds'; before: string; after: string };

/** What differs between two versions, in the form's order. Files are told apart by their contents. */
export function changes(
  fields: Field[],
  before: Version | undefined,
  after: Version,
  language: Language,
): Change[] {
  const out: Change[] = [];
  for (const field of fields) {
    if (field.kind === 'file') {
      const old = before?.files.filter((file) => file.field === field.key) ?? [];
      const now = after.files.filter((file) => file.field === field.key);
      const had = (file: File) => old.find((each) => each.sha256 === file.sha256);
      const gone = old.filter((file) => !now.some((each) => each.sha256 === file.sha256));
      const come = now.filter((file) => !had(file));
      const renamed = now.filter((file) => had(file) && had(file)?.name !== file.name);
      if (gone.length + come.length + renamed.length > 0)
        out.push({ kind: 'files', field, gone, come, renamed });
      continue;
    }
    const texts = { before: said(field, before, language), after: said(field, after, language) };
    if (texts.before !== texts.after) out.push({ kind: 'text', field, ...texts });
  }
  const order = { before: testbeds(before, language), after: testbeds(after, language) };
  if (order.before !== order.after) out.push({ kind: 'testbeds', ...order });
  return out;
}

/** An answer as it is read: options by their words. */
export function said(field: Field, version: Version | undefined, language: Language): string {
  return inWords(field, version?.answers[field.key] ?? '', language);
}

/** An answer's value as it is read: options by their words, one a line. */
export function inWords(field: Field, value: string, language: Language): string {
  if (field.kind !== 'choice' && field.kind !== 'choices') return value;
  const words = optionTexts({ kind: field.kind, options: field.options }, value, language);
  return words.length > 0 ? words.map((each) => each.text).join('\n') : value;
}

/** The testbeds in order, one a line. */
export function testbeds(version: Version | undefined, language: Language): string {
  return (version?.testbeds ?? [])
    .map((each, at) => `${at + 1}. ${textIn(each as LocalText, language).text}`)
    .join('\n');
}
