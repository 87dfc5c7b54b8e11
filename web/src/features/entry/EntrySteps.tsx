import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { Timeline } from '~/components/Timeline';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useNow } from '~/lib/clock';
import type { Entry } from './api';
import { messages } from './messages';

/** What happens with an entry that was sent, and when. */
export function EntrySteps({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const now = useNow();
  const released = useReleased(entry);
  const { dates } = entry.challenge;
  const out = entry.status === 'results';
  // Once the results are out, a date that was planned and has not come says nothing any more.
  const held = (at: string) => (out && new Date(at) > now ? '' : at);
  const steps = [
    { name: t('step.sent'), at: entry.lastSubmission?.submittedAt ?? '' },
    { name: t('step.closes'), at: held(dates.closes) },
    { name: t('step.judging'), at: held(dates.judgingEnds) },
    { name: t('step.results'), at: released ?? held(dates.results) },
  ];
  const next = out ? -1 : steps.findIndex((step) => new Date(step.at) > now);
  return (
    <Timeline
      label={t(out ? 'submitted.past' : 'submitted.next')}
      steps={steps.map((step, at) => ({
        name: step.name,
        date: step.at ? <When at={step.at} zone={dates.timeZone} /> : undefined,
        state: next < 0 || at < next ? 'done' : at === next ? 'next' : 'later',
      }))}
    />
  );
}

/** When the results went out; undefined before that. */
function useReleased(entry: Entry): string | undefined {
  const { data } = useQuery({
    queryKey: ['entry-result', entry.id],
    enabled: entry.status === 'results',
    queryFn: () => ok(api.GET('/entries/{id}/result', { params: { path: { id: entry.id } } })),
  });
  return data?.releasedAt;
}
