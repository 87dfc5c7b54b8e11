import { type Language, languageNames, languages } from '~/i18n/languages';
import type { Tab } from './Tabs';

/** Tabs for the languages of a text; `note` gives the line under a name, such as "Original" or "Pending". */
export function languageTabs(note: (language: Language) => string | undefined = () => undefined): Tab[] {
  return languages.map((key) => ({ key, label: languageNames[key], lang: key, note: note(key) }));
}
