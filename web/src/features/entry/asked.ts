import { askedKeys } from '~/features/question/asked';
import type { Entry } from './api';

/** The keys of the questions that an entry is asked; `typed` gives answers by field id that are newer than the entry. */
export function askedOf(entry: Entry, typed?: (fieldId: string) => string | undefined): Set<string> {
  const ids = new Map(entry.fields.map((field) => [field.key, field.id]));
  const saved = new Map(entry.answers.map((answer) => [answer.fieldId, answer.value]));
  return askedKeys(entry.fields, (key) => {
    const id = ids.get(key) ?? '';
    return typed?.(id) ?? saved.get(id) ?? '';
  });
}
