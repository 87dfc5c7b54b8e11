import { Timeline } from '~/components/Timeline';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';
import type { ChallengeDetail } from './api';
import { messages } from './messages';

/** The dates of a challenge in the lead city's zone; the one that comes next stands out. */
export function Steps({ challenge }: { challenge: ChallengeDetail }) {
  const t = useMessages(messages);
  const now = useNow();
  // The page may lie open for hours: what is done follows the clock, not the moment of loading.
  const done = challenge.timeline.map((step) => step.done || new Date(step.at) <= now);
  const next = done.indexOf(false);
  const nameOf = (key: ChallengeDetail['timeline'][number]['key'], isDone: boolean) =>
    t(key === 'opens' && isDone ? 'challenge.opened' : `challenge.${key}`);
  return (
    <Timeline
      label={t('challenge.dates')}
      steps={challenge.timeline.map((step, at) => ({
        name: nameOf(step.key, done[at] === true),
        date: <When at={step.at} zone={challenge.timeZone} short dateOnly={step.key !== 'closes'} />,
        state: done[at] ? 'done' : at === next ? 'next' : 'later',
      }))}
    />
  );
}
