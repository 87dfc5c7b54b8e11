import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ErrorState } from '~/components/ErrorState';
import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { type Desk, entryName, type Item, refresh } from './api';
import { messages } from './messages';

/** The way on to one's own review of each entry: begun from a copy where the round does not count. */
export function Onward({ desk }: { desk: Desk }) {
  const t = useMessages(messages);
  const [, go] = useLocation();
  const [error, setError] = useState<unknown>();
  const copy = async ({ entry }: Item) => {
    setError(undefined);
    try {
      const { assignmentId } = await ok(
        api.POST('/jury/challenges/{id}/calibration/entries/{entryId}/copy', {
          params: { path: { id: desk.challengeId, entryId: entry.entryId } },
        }),
      );
      await refresh();
      showToast(t('copied'));
      go(`/jury/${assignmentId}`);
    } catch (failure) {
      setError(failure);
    }
  };
  const mine = desk.items.filter((each) => each.assignmentId && !(desk.counts && desk.state === 'open'));
  if (mine.length === 0) return null;
  return (
    <section class="section" aria-labelledby="onward">
      <h2 id="onward">{t('desk.entries')}</h2>
      {error ? <ErrorState error={error} /> : null}
      <ul class="stack">
        {mine.map((each) => (
          <li key={each.entry.entryId}>
            <p dir="auto">{entryName(each.entry)}</p>
            <p class="actions">
              {each.fresh && !desk.counts && desk.handedInAt ? (
                <Button onClick={() => void copy(each)}>
                  {t('copy')} <span class="visually-hidden">{each.entry.reference}</span>
                </Button>
              ) : null}
              <LinkButton href={`/jury/${each.assignmentId}`}>
                {t('review')} <span class="visually-hidden">{each.entry.reference}</span>
              </LinkButton>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
