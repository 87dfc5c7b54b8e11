import { type Language, languages } from './languages';

/** A text by language as the API sends it; any language may be absent. */
export type LocalText = Partial<Record<Language, string>>;

/**
 * The text in the wanted language, else in its source language, else in the first there is.
 * `lang` says which it became, for the lang attribute.
 */
export function textIn(
  text: LocalText | undefined,
  wanted: Language,
  source?: Language,
): { text: string; lang: Language } {
  for (const lang of [wanted, source, ...languages]) {
    const found = lang && text?.[lang];
    if (found) return { text: found, lang };
  }
  return { text: '', lang: wanted };
}
