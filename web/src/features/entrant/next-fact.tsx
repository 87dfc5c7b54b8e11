import { When } from '~/components/When';
import type { Translate } from '~/i18n/use-messages';
import type en from './messages/en.json';
import type { EntryStage } from './stages';

/** What comes next for an entry of a list, as a column of its row; empty where nothing does. */
export function nextFact({ steps: [next] }: EntryStage, zone: string, t: Translate<keyof typeof en>) {
  return next ? [{ name: t(`step.${next.what}`), value: <When at={next.at} zone={zone} /> }] : [];
}
