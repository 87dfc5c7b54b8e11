import type { components } from '~/api/schema';
import { type Language, locales } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import type { Translate } from '~/i18n/use-messages';
import { chosen } from './asked';
import type { Question } from './check';
import type en from './messages/en.json';

type Lack = Pick<components['schemas']['FieldError'], 'code'>;
export type Say = Translate<keyof typeof en>;

/** A number as the language writes it. */
export const figure = (n: number, language: Language): string =>
  new Intl.NumberFormat(locales[language], { maximumFractionDigits: 9 }).format(n);

/** One fault of one answer in words. */
export function sayLack(lack: Lack, field: Question, t: Say, language: Language): string {
  switch (lack.code) {
    case 'too_long':
      return t('lack.too_long', { n: field.maxChars ?? 0 });
    case 'too_many_words':
      return t('lack.too_many_words', { n: field.maxWords ?? 0 });
    case 'too_small':
      return t('lack.too_small', { min: figure(field.min ?? 0, language) });
    case 'too_large':
      return t('lack.too_large', { max: figure(field.max ?? 0, language) });
    case 'malformed':
      return t(
        field.kind === 'number' || field.kind === 'date' ? `lack.malformed.${field.kind}` : 'lack.malformed',
      );
    case 'not_a_choice':
    case 'file_infected':
    case 'file_checking':
    case 'file_uploading':
    case 'file_refused':
      return t(`lack.${lack.code}`);
  }
  switch (field.kind) {
    case 'file':
    case 'choice':
    case 'choices':
    case 'number':
    case 'date':
      return t(`lack.${field.kind}`);
  }
  return t('lack.required');
}

/** What a number has to keep to, as a hint; empty where nothing is asked of it. */
export function numberRange(field: Question, t: Say, language: Language): string {
  const min = field.min === undefined ? undefined : figure(field.min, language);
  const max = field.max === undefined ? undefined : figure(field.max, language);
  if (min !== undefined && max !== undefined) return t('number.between', { min, max });
  if (min !== undefined) return t('number.min', { min });
  return max === undefined ? t('number.any') : t('number.max', { max });
}

/** The chosen options as texts, each with its language. */
export function optionTexts(field: Pick<Question, 'kind' | 'options'>, value: string, language: Language) {
  const keys = chosen(field.kind, value);
  return field.options
    .filter((each) => keys.includes(each.key))
    .map((each) => textIn(each.label as LocalText, language));
}

/** A number or a date as the language writes it, with its unit; other values as they are. */
export function sayValue(
  field: Pick<Question, 'kind'> & { unit?: LocalText },
  value: string,
  language: Language,
): string {
  if (field.kind === 'number' && value !== '' && Number.isFinite(Number(value))) {
    const unit = textIn(field.unit, language).text;
    return unit ? `${figure(Number(value), language)} ${unit}` : figure(Number(value), language);
  }
  if (field.kind === 'date') {
    const at = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(at.getTime()))
      return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  }
  return value;
}
