import { type PartName, partName } from '~/features/overtaken/part-name';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import type { Criterion } from './api';
import { messages } from './messages';

const words = ['name', 'description', 'weight', 'anchors', 'mayNotApply'] as const;

/** Names a part of a rubric: a path such as impact, name, ja. */
export function useCriterionNames(): (path: Path, rows: Criterion[]) => PartName {
  const t = useMessages(messages);
  const reader = useLanguage();
  return ([key, part, ...rest], rows) => {
    const name = textIn(rows.find((row) => row.key === key)?.name, reader).text || t('criteria.new');
    const word = words.find((each) => each === part);
    return partName([name, word ? t(`criteria.${word}`) : ''], rest.at(-1));
  };
}
