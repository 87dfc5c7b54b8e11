import { type Language, locales } from './languages';

const names = new Map<Language, Intl.DisplayNames>();

/** The name of a country by its ISO 3166-1 code; the code itself where it is none. */
export function countryName(code: string, language: Language): string {
  let found = names.get(language);
  if (!found) {
    found = new Intl.DisplayNames(locales[language], { type: 'region', fallback: 'code' });
    names.set(language, found);
  }
  try {
    return found.of(code) ?? code;
  } catch {
    return code;
  }
}
