import { textIn } from '~/i18n/local-text';
import type { Translate } from '~/i18n/use-messages';
import type { Desk } from './api';
import type en from './messages/en.json';

type Say = Translate<keyof typeof en>;

/** What keeps the draft from being published, in words: parts of the challenge, each once. */
export function missingNames(desk: Desk, t: Say): string[] {
  return [...new Set(desk.missing.map(({ pointer, code }) => nameOf(desk, pointer, code, t)))];
}

function nameOf(desk: Desk, pointer: string, code: string, t: Say): string {
  const [, part = '', key = ''] = pointer.split('/');
  if (part === 'reason') return t('missing.reason');
  if (part === 'graceMinutes') return t(code === 'only_more' ? 'missing.grace.more' : 'missing.grace');
  if (part === 'dates') return dateName(key, code, t);
  if (part === 'texts') {
    const section = desk.sections.find((each) => each.key === key);
    return t('missing.text', { section: section?.label.text ?? key });
  }
  if (code === 'weights_sum') return t('missing.weights');
  const criterion = desk.criteria[Number(key)];
  if (!criterion) return t('missing.criteria');
  return t('missing.criterion', { name: textIn(criterion.name, desk.language).text || `${Number(key) + 1}` });
}

function dateName(key: string, code: string, t: Say): string {
  const date = t(`date.${key as 'opensAt'}`);
  if (code === 'only_later') return t('missing.later', { date });
  return t(code === 'order' ? 'missing.order' : 'missing.date', { date });
}
