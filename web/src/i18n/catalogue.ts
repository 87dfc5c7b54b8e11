import type { Language } from './languages';

type Messages = Record<string, string>;
type Loader = () => Promise<{ default: Messages }>;

// One chunk a feature and language; a visitor downloads those of the page in front, in one language. Where they lie
// is known at once for the first pages only: a list of all in every language would burden every page.
const first: Record<string, Loader> = {
  ...import.meta.glob<{ default: Messages }>('../features/contest/messages/*.json'),
  ...import.meta.glob<{ default: Messages }>('../app/messages/*.json'),
};
const others: Record<Language, () => Promise<{ default: Record<string, Loader> }>> = {
  en: () => import('./words/en'),
  es: () => import('./words/es'),
  ja: () => import('./words/ja'),
};

/** The messages of one feature; the type parameter holds its keys, so that a wrong key does not compile. */
export type Catalogue<Key extends string> = {
  readonly feature: string;
  readonly loaded: Partial<Record<Language, Messages>>;
  /** Never set: carries the type of the keys. */
  readonly keys?: Key;
};

/**
 * Declares the catalogue of a feature, kept in features/<feature>/messages/{en,es,ja}.json.
 * Write it once a feature: `export const messages = catalogue<keyof typeof en>('contest')`.
 */
export function catalogue<Key extends string>(feature: string): Catalogue<Key> {
  return { feature, loaded: {} };
}

/** Downloads a catalogue in a language unless it is there already. */
export async function loadCatalogue(source: Catalogue<string>, language: Language): Promise<void> {
  if (source.loaded[language]) return;
  const file = `${source.feature}/messages/${language}.json`;
  const load =
    first[`../features/${file}`] ??
    first[`../${file}`] ??
    (await others[language]()).default[`../../features/${file}`];
  if (!load) throw new Error(`No ${language} catalogue for ${source.feature}`);
  source.loaded[language] = (await load()).default;
}

/** The message of a key, or the key itself where the catalogue is not loaded. */
export function lookUp(source: Catalogue<string>, language: Language, key: string): string {
  return source.loaded[language]?.[key] ?? key;
}
