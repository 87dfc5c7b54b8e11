import { type Language, languageNames } from '~/i18n/languages';

/** A part in words, and the language of its text where it is one. */
export type PartName = { name: string; lang?: Language };

/** Joins the words for a part, from the outside in. `last` is the end of its path, which may be a language. */
export function partName(words: string[], last?: string): PartName {
  const lang = last && last in languageNames ? (last as Language) : undefined;
  return { name: [...words, lang ? languageNames[lang] : ''].filter(Boolean).join(' · '), lang };
}
