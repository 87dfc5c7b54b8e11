import type { Translate } from '~/i18n/use-messages';
import type { Managed, Part, PartState } from './api';
import type en from './messages/en.json';

type T = Translate<keyof typeof en>;

/** Where a section is written, below /manage/challenges/:id. */
const places: Partial<Record<Part, string>> = {
  prizes: '/settings#part-prizes',
  timeline: '/settings#part-timeline',
  criteria: '/criteria',
  entering: '/form',
  terms: '/terms',
};

/** The address of a section: where it is written, or where it is read once it stands. */
export function placeOf(challenge: Managed, part: Part): string {
  const at = `/manage/challenges/${challenge.id}`;
  if (!challenge.allowedActions.includes('challenge.edit')) return `${at}/review#part-${part}`;
  return at + (places[part] ?? `/text#part-${part}`);
}

const whole: Record<string, keyof typeof en> = {
  '/testbedIds': 'miss.testbeds',
  '/termsTemplate': 'miss.terms',
  '/texts/title': 'miss.title',
  '/texts/summary': 'miss.summary',
};

/** What a section lacks, in a few words; empty where nothing does. */
export function lacks(section: PartState, t: T): string[] {
  const found = section.missing.map((fault) => {
    const { code, pointer } = fault;
    if (code === 'too_long') return t('miss.long', { max: Number(fault.params?.max) });
    if (code === 'weights_sum') return t('miss.weights', { sum: Number(fault.params?.sum) });
    if (pointer.startsWith('/dates')) return t(code === 'in_the_past' ? 'miss.past' : 'miss.order');
    if (whole[pointer]) return t(whole[pointer]);
    if (pointer.startsWith('/texts/')) return t('miss.text');
    return t(section.key === 'criteria' ? 'miss.criteria' : 'miss.words');
  });
  return [...new Set(found)];
}
