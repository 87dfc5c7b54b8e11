import type { Tone } from '~/components/Notice';
import { type Say, sayLack } from '~/features/question/words';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import type { Translate } from '~/i18n/use-messages';
import type { Entry, EntryField, EntryFile, EntrySection, Lack } from './api';
import type en from './messages/en.json';

type T = Translate<keyof typeof en>;

export const sectionTone: Record<EntrySection['state'], Tone | undefined> = {
  not_started: undefined,
  in_progress: 'warning',
  complete: 'success',
};

export const fileTone: Record<EntryFile['state'], Tone | undefined> = {
  uploading: 'warning',
  checking: 'info',
  clean: 'success',
  infected: 'danger',
  not_scanned: 'info',
  refused: 'danger',
  missing: 'danger',
};

/** The label of a field as plain text. */
export const labelOf = (field: EntryField, language: Language) =>
  textIn(field.label as LocalText, language).text;

/** What is missing, by field key, with the field's name in it: for summaries. */
export function lacks(
  entry: Pick<Entry, 'missing' | 'fields'>,
  language: Language,
  t: T,
  say: Say,
): Record<string, string> {
  const out: Record<string, string> = {};
  for (const field of entry.fields) {
    const lack = lackOf(entry.missing, field);
    if (lack)
      out[`fields.${field.key}`] = t('lack.in', {
        field: labelOf(field, language),
        what: sayLack(lack, field, say, language),
      });
  }
  return out;
}

export function lackOf(missing: Lack[], field: EntryField): Lack | undefined {
  return missing.find((each) => each.pointer === `/fields/${field.key}`);
}

/** The host cities for a deadline strip: one of each zone. */
export function zonesOf(cities: Entry['challenge']['cities'], language: Language) {
  return cities
    .map((city) => ({ name: textIn(city.name as LocalText, language).text, timeZone: city.timeZone }))
    .filter((zone, at, all) => all.findIndex((each) => each.timeZone === zone.timeZone) === at);
}
