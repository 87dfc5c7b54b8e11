/** Languages of the page, in the order in which the switcher shows them. */
export const languages = ['en', 'es', 'ja'] as const;

export type Language = (typeof languages)[number];

/** Each language by its own name; never translated. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español', ja: '日本語' };

/** Locales for Intl. British English because its dates and 24-hour clock are read alike in both regions. */
export const locales: Record<Language, string> = { en: 'en-GB', es: 'es-ES', ja: 'ja-JP' };

/** The language that a path such as /es/challenges is in. English has no prefix. */
export function languageOf(path: string): Language {
  const first = path.split('/')[1];
  return first === 'es' || first === 'ja' ? first : 'en';
}

/** What stands before every path of a language: '' for English, '/es', '/ja'. */
export function prefixOf(language: Language): string {
  return language === 'en' ? '' : `/${language}`;
}

/** The path without its language: /es/challenges → /challenges, /ja → /. */
export function withoutPrefix(path: string): string {
  const rest = path.slice(prefixOf(languageOf(path)).length);
  return rest === '' ? '/' : rest;
}

/** The same page in another language. */
export function inLanguage(path: string, language: Language): string {
  const rest = withoutPrefix(path);
  return prefixOf(language) + (rest === '/' && language !== 'en' ? '' : rest);
}
