import { Tag } from '~/components/Tag';
import { remaining } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';
import type { Phase } from './api';
import { messages } from './messages';

const week = 7 * 24 * 60 * 60_000;

/** Where a challenge stands; in its last week, how long it is still open. */
export function PhaseTag({ phase, closesAt }: { phase: Phase; closesAt: string }) {
  const t = useMessages(messages);
  const now = useNow();
  const closes = new Date(closesAt);
  const left = closes.getTime() - now.getTime();
  if (phase === 'open' && left > 0 && left < week) {
    const { unit, n } = remaining(closes, now);
    return <Tag tone="warning">{t(`closes.${unit}`, { n })}</Tag>;
  }
  if (phase === 'open' && left <= 0) return <Tag>{t('phase.closed')}</Tag>;
  const tone =
    phase === 'open' ? 'success' : phase === 'announced' || phase === 'results' ? 'info' : undefined;
  return <Tag tone={tone}>{t(`phase.${phase}`)}</Tag>;
}
