import { useQuery } from '@tanstack/preact-query';
import { api, ok, okWithVersion } from '~/api/client';
import { queries } from '~/api/query';

/** How many organisations a juror can state. */
export const most = 10;

const keyOf = (challenge: string) => ['jury', 'affiliations', challenge];
const at = (challenge: string) => ({ path: { id: challenge } });

/** What the juror has stated for the contest of a challenge. */
export function useAffiliations(challenge: string) {
  return useQuery({
    queryKey: keyOf(challenge),
    queryFn: () => ok(api.GET('/jury/challenges/{id}/affiliations', { params: at(challenge) })),
  });
}

/** The same with its version, to be edited. */
export function useStated(challenge: string) {
  return useQuery({ queryKey: [...keyOf(challenge), 'edited'], queryFn: () => readStated(challenge) });
}

export const readStated = (challenge: string) =>
  okWithVersion(api.GET('/jury/challenges/{id}/affiliations', { params: at(challenge) }));

/** States them in place of what was stated before, which is the version that was read. */
export async function state(challenge: string, version: string, organisations: string[]) {
  const params = { ...at(challenge), header: { 'If-Match': version } };
  const kept = await okWithVersion(
    api.PUT('/jury/challenges/{id}/affiliations', { params, body: { organisations } }),
  );
  await queries.invalidateQueries({ queryKey: ['jury', 'affiliations'] });
  return kept;
}
