import type { components } from '~/api/schema';

export type Asked = Pick<components['schemas']['EntryField'], 'key' | 'kind' | 'shownIf'>;

/** The keys of the options in an answer. */
export const chosen = (kind: string, value: string): string[] =>
  kind === 'choices' ? value.split(',').filter(Boolean) : [value];

/**
 * The keys of the fields that are asked, given the answers by key: one that depends on a choice only where that
 * choice is asked itself and was answered so. The server decides by the same rule when an entry is submitted.
 */
export function askedKeys(fields: Asked[], answerTo: (key: string) => string): Set<string> {
  const out = new Set<string>();
  const kinds = new Map(fields.map((field) => [field.key, field.kind]));
  for (const { key, shownIf } of fields) {
    const answered =
      !shownIf ||
      (out.has(shownIf.field) &&
        chosen(kinds.get(shownIf.field) ?? '', answerTo(shownIf.field)).includes(shownIf.equals));
    if (answered) out.add(key);
  }
  return out;
}
