import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { networkProblem } from '~/api/problem';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Adopted } from './along/adopt';
import type { Typed } from './typed';

type Schemas = components['schemas'];
export type Duty = Schemas['JuryDuty'];
export type Queue = Schemas['JuryQueue'];
export type QueueItem = Schemas['JuryQueueItem'];
export type Assignment = Schemas['JuryAssignment'];
export type Criterion = Schemas['JuryCriterion'];
export type Review = Schemas['Review'];
/** Without a score the criterion does not apply. */
export type Scored = Schemas['ReviewScore'];
export type ReviewDraft = Schemas['ReviewDraft'];
export type JuryFile = Schemas['JuryFile'];

/** The work without a connection: fetched beside the first answer, and in the browser from then on. */
export const along = () => import('./along');

/** An answer of the server, or what was taken along of it. */
async function orKept<T>(path: string, call: () => Promise<T>): Promise<T> {
  const { orKept } = await along();
  return orKept(path, call);
}

/** The challenges that the juror judges. */
export function useDuties() {
  return useQuery({ queryKey: ['jury'], queryFn: () => orKept('/jury', () => ok(api.GET('/jury'))) });
}

/** What conflicts are declared against. */
export function useOrganisations(challenge: string) {
  return useQuery({
    queryKey: ['jury', 'organisations', challenge],
    queryFn: () =>
      ok(api.GET('/jury/challenges/{id}/organisations', { params: { path: { id: challenge } } })),
  });
}

/** The juror's entries of a challenge with the own scores. */
export function useQueue(challenge: string) {
  return useQuery({
    queryKey: ['jury', 'queue', challenge],
    queryFn: () =>
      orKept(`/jury/challenges/${challenge}/queue`, () =>
        ok(api.GET('/jury/challenges/{id}/queue', { params: { path: { id: challenge } } })),
      ),
  });
}

/** One assigned entry with the own review of it, as the server has it now. */
export const readAssignment = (id: string): Promise<Assignment> =>
  ok(api.GET('/jury/assignments/{id}', { params: { path: { id } } }));

/** An entry to score, what of it was typed before and never sent, and by whom. */
export type Desk = {
  assignment: Assignment;
  person: string | undefined;
  adopted: Adopted<Typed> | undefined;
};

/** One assigned entry. What is typed lives on the page and in this browser, so nothing reads it again. */
export function useDesk(id: string) {
  return useQuery({
    queryKey: ['jury', 'assignment', id],
    queryFn: async (): Promise<Desk> => {
      const { whoAmI, adoptReview } = await along();
      const [assignment, person] = await Promise.all([
        orKept(`/jury/assignments/${id}`, () => readAssignment(id)),
        whoAmI(),
      ]);
      // Storage can be off: then the page works as any other, with a connection.
      const adopted = person ? await adoptReview(person, assignment).catch(() => undefined) : undefined;
      return { assignment, person, adopted };
    },
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Only the server's own word counts: an answer without a version is none. */
export async function confirmed<T extends { version: number }>(given: Promise<T>): Promise<T> {
  const answer = await given;
  if (!(answer?.version > 0)) throw await networkProblem();
  return answer;
}

/** Saves the draft over a version; a 412 says that another tab was faster. */
export function saveReview(id: string, version: number, body: ReviewDraft): Promise<Review> {
  return confirmed(
    ok(
      api.PUT('/jury/assignments/{id}/review', {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        body,
      }),
    ),
  );
}

/** Makes the saved version count. */
export function submitReview(id: string, version: number): Promise<Review> {
  return confirmed(
    ok(
      api.POST('/jury/assignments/{id}/review/submit', {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      }),
    ),
  );
}

/** Reads the overview and the queues again. */
export function refreshJury(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['jury'], predicate: (q) => q.queryKey[1] !== 'assignment' });
}
