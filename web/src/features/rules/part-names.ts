import { useCriterionNames } from '~/features/manage/criterion-names';
import type { PartName } from '~/features/overtaken/part-name';
import { type Language, languageNames } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import type { Criterion, Desk } from './api';
import { messages } from './messages';

/** Names a part of the draft: a path such as words, dates.closesAt or criteria, impact, weight. */
export function usePartNames(desk: Desk): (path: Path, criteria: Criterion[]) => PartName {
  const t = useMessages(messages);
  const criterion = useCriterionNames();
  return ([list, ...rest], criteria) => {
    if (list === 'criteria') return criterion(rest, criteria);
    const [kind, ...more] = (rest[0] ?? '').split('.');
    if (kind === 'reason') {
      const lang = more[0] as Language;
      return { name: `${t('version.reason')} · ${languageNames[lang]}`, lang };
    }
    if (kind === 'dates') return { name: t(`date.${more[0] as 'opensAt'}`) };
    if (kind === 'graceMinutes') return { name: t('grace') };
    const section = desk.sections.find((each) => each.key === more[1]);
    return { name: section?.label.text ?? '', lang: desk.language };
  };
}
