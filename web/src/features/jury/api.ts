import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

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

/** The challenges that the juror judges. */
export function useDuties() {
  return useQuery({ queryKey: ['jury'], queryFn: () => ok(api.GET('/jury')) });
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
    queryFn: () => ok(api.GET('/jury/challenges/{id}/queue', { params: { path: { id: challenge } } })),
  });
}

/** One assigned entry with the own review of it. What is typed lives on the page, so nothing reads it again. */
export function useAssignment(id: string) {
  return useQuery({
    queryKey: ['jury', 'assignment', id],
    queryFn: () => ok(api.GET('/jury/assignments/{id}', { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Saves the draft over a version; a 412 says that another tab was faster. */
export function saveReview(id: string, version: number, body: ReviewDraft): Promise<Review> {
  return ok(
    api.PUT('/jury/assignments/{id}/review', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      body,
    }),
  );
}

/** Makes the saved version count. */
export function submitReview(id: string, version: number): Promise<Review> {
  return ok(
    api.POST('/jury/assignments/{id}/review/submit', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
    }),
  );
}

/** Reads the overview and the queues again. */
export function refreshJury(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['jury'], predicate: (q) => q.queryKey[1] !== 'assignment' });
}
