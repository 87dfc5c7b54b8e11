import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { type Catalogue, lookUp } from './catalogue';
import { formatMessage, type Params } from './format-message';
import type { Language } from './languages';
import { pseudo } from './pseudo';

export const LanguageContext = createContext<Language>('en');

/** The language of the page in front. */
export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** A translator bound to one catalogue. */
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** Translates a key outside components; `useMessages` is the way inside them. */
export function translate<Key extends string>(
  source: Catalogue<Key>,
  language: Language,
  key: Key,
  params: Params = {},
): string {
  return pseudo(formatMessage(lookUp(source, language, key), params, language));
}

/** `const t = useMessages(messages)`, then `t('list.count', { n })`. The router has loaded the catalogue. */
export function useMessages<Key extends string>(source: Catalogue<Key>): Translate<Key> {
  const language = useLanguage();
  return useMemo(() => (key, params) => translate(source, language, key, params), [source, language]);
}
