import { Tag } from '~/components/Tag';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import { type EntryStage, stageTones } from './stages';

/** Where an entry stands, in a word. */
export function StageTag({ stage }: { stage: EntryStage }) {
  const t = useMessages(messages);
  return <Tag tone={stageTones[stage.key]}>{t(`stage.${stage.key}`)}</Tag>;
}
