import type { Translate } from '~/i18n/use-messages';
import type en from './messages/en.json';

/** What a notice is about, in words; a kind that the page does not know shows its own name. */
export function kindName(t: Translate<keyof typeof en>, kind: string): string {
  const key = `kind.${kind}` as keyof typeof en;
  const name = t(key);
  return name === key ? kind : name;
}
