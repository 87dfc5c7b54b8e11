import type { components } from '~/api/schema';
import { countCharacters, countWords } from '~/i18n/count';
import { chosen } from './asked';

export type Question = Omit<components['schemas']['EntryField'], 'id'>;
type Fault = { code: string; params?: Record<string, number> };

/** What keeps a typed answer from being submitted, by the rules that the server has; files are the server's alone. */
export function faultOf(field: Question, value: string): Fault | undefined {
  if (field.kind === 'file') return undefined;
  if (!value.trim()) return field.required && !field.frozen ? { code: 'required' } : undefined;
  return tooLong(field, value) ?? faultOfKind(field, value);
}

function tooLong(field: Question, value: string): Fault | undefined {
  if (field.maxChars && countCharacters(value) > field.maxChars)
    return { code: 'too_long', params: { max: field.maxChars } };
  if (field.maxWords && countWords(value) > field.maxWords)
    return { code: 'too_many_words', params: { max: field.maxWords } };
  return undefined;
}

function faultOfKind(field: Question, value: string): Fault | undefined {
  const known = (key: string) => field.options.some((each) => each.key === key);
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return chosen(field.kind, value).every(known) ? undefined : { code: 'not_a_choice' };
    case 'link':
      return isWebAddress(value) ? undefined : { code: 'malformed' };
    case 'date':
      return isDay(value.trim()) ? undefined : { code: 'malformed' };
    case 'number':
      return faultOfNumber(field, value);
  }
  return undefined;
}

function faultOfNumber(field: Question, value: string): Fault | undefined {
  const digits = value.normalize('NFKC').trim().replaceAll('−', '-');
  if (!/^-?[0-9]{1,15}(\.[0-9]{1,9})?$/.test(digits)) return { code: 'malformed' };
  const n = Number(digits);
  if (field.min !== undefined && n < field.min) return { code: 'too_small', params: { min: field.min } };
  if (field.max !== undefined && n > field.max) return { code: 'too_large', params: { max: field.max } };
  return undefined;
}

function isWebAddress(value: string): boolean {
  try {
    const url = new URL(value.trim());
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '';
  } catch {
    return false;
  }
}

function isDay(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
