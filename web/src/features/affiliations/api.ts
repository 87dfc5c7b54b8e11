import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';

/** How many organisations a juror can state. */
export const most = 10;

const keyOf = (challenge: string) => ['jury', 'affiliations', challenge];

/** What the juror has stated for the contest of a challenge. */
export function useAffiliations(challenge: string) {
  return useQuery({
    queryKey: keyOf(challenge),
    queryFn: () => ok(api.GET('/jury/challenges/{id}/affiliations', { params: { path: { id: challenge } } })),
  });
}

/** States them in place of what was stated before. */
export async function state(challenge: string, organisations: string[]): Promise<void> {
  await ok(
    api.PUT('/jury/challenges/{id}/affiliations', {
      params: { path: { id: challenge } },
      body: { organisations },
    }),
  );
  await queries.invalidateQueries({ queryKey: ['jury', 'affiliations'] });
}
