import { type PartName, partName } from '~/features/overtaken/part-name';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import type { Queue } from './api';
import { messages } from './messages';

/** Names a part of a review: a path such as toTeam or scores, <criterion>. */
export function usePartNames(): (path: Path, queue: Pick<Queue, 'criteria' | 'language'>) => PartName {
  const t = useMessages(messages);
  const language = useLanguage();
  return ([part, criterion], queue) => {
    if (part !== 'scores') return partName([t(part as 'toTeam' | 'toJury' | 'language')]);
    const name = queue.criteria.find((each) => each.id === criterion)?.name;
    return partName([textIn(name, language, queue.language).text]);
  };
}
