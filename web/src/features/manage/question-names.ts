import { type PartName, partName } from '~/features/overtaken/part-name';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import type { Question } from './EligibilityPage';
import { messages } from './messages';

const words = ['text', 'explanation', 'expected', 'blocking'] as const;

/** Names a part of the eligibility questions: a path such as seat, explanation, ja. */
export function useQuestionNames(): (path: Path, rows: Question[]) => PartName {
  const t = useMessages(messages);
  const reader = useLanguage();
  return ([key, part, lang], rows) => {
    const name = textIn(rows.find((row) => row.key === key)?.text, reader).text;
    const word = words.find((each) => each === part);
    return partName([name, word ? t(`eligibility.${word}`) : ''], lang);
  };
}
