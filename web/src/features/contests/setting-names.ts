import { type PartName, partName } from '~/features/overtaken/part-name';
import { useMessages } from '~/i18n/use-messages';
import type { Path } from '~/lib/merge';
import { messages } from './messages';

const plain = {
  slug: 'field.slug',
  timeZone: 'field.zone',
  month: 'field.month',
  opensAt: 'field.opensAt',
  closesAt: 'field.closesAt',
  judgingEndsAt: 'field.judgingEndsAt',
  resultsAt: 'field.resultsAt',
  standstillDays: 'field.standstill',
  entryLanguages: 'field.languages',
  blind: 'field.blind',
  panelHidden: 'field.panel',
  bytesGraceHours: 'field.grace',
  late: 'late',
  graceMinutes: 'late.minutes',
  reviewsPerEntry: 'field.reviews',
  order: 'field.order',
  prizes: 'prizes',
} as const;
const texts = { title: 'field.title', focus: 'field.focus', howToApply: 'field.howToApply' } as const;

/** Names a setting, a text as title_ja among them. */
export function useSettingNames(): (path: Path) => PartName {
  const t = useMessages(messages);
  return ([name = '']) => {
    const [text = '', lang = ''] = name.split('_');
    if (text in texts) {
      const words = t(texts[text as keyof typeof texts], { language: t(`lang.${lang as 'en'}`) });
      return { ...partName([''], lang), name: words };
    }
    return partName([name in plain ? t(plain[name as keyof typeof plain]) : '']);
  };
}
