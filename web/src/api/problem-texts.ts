import type { Language } from '~/i18n/languages';

type Texts = Record<string, string>;

// One file a module and language, named by what stands before the dot of a code: entry.deadline_passed is
// in entry.<lang>.json, a field's plain "required" in field.<lang>.json. This list is a chunk of its own:
// most visitors never meet a problem.
const loaders = import.meta.glob<{ default: Texts }>('./problems/*.json');

/** The texts of a module's problem codes; empty for a module without any. */
export async function load(module: string, language: Language): Promise<Texts> {
  return (await loaders[`./problems/${module}.${language}.json`]?.())?.default ?? {};
}
