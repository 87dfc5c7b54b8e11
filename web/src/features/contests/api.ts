import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok, okWithVersion } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Contest = Schemas['ManagedContest'];
export type ContestItem = Schemas['ManagedContestItem'];
export type State = Schemas['ContestState'];
export type Prize = Schemas['Prize'];

/** The states of a contest, in order. */
export const states: State[] = ['draft', 'announced', 'open', 'closed', 'archived'];

/** The four moments of a contest, in order. */
export const moments = ['opensAt', 'closesAt', 'judgingEndsAt', 'resultsAt'] as const;

/** Filters of the list as they stand in the address. */
export const defaultFilters = { q: '', state: '', kind: '', sort: 'opening' };

/** Every contest, page by page. */
export function useContests(filters: typeof defaultFilters) {
  const query = {
    q: filters.q.trim() || undefined,
    state: (filters.state || undefined) as State | undefined,
    rehearsal: filters.kind ? filters.kind === 'rehearsal' : undefined,
    sort: filters.sort as 'opening' | 'title',
  };
  return useInfiniteQuery({
    queryKey: ['contests', 'managed', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/manage/contests', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** One contest with its version. */
export function useContest(id: string) {
  return useQuery({
    queryKey: ['contests', 'managed', id],
    queryFn: () => okWithVersion(api.GET('/manage/contests/{id}', { params: { path: { id } } })),
  });
}

/** What the server has of a contest now, as after somebody else saved it. */
export const readContest = (id: string): Promise<Read> =>
  okWithVersion(api.GET('/manage/contests/{id}', { params: { path: { id } } }));

/** A contest with its version. */
export type Read = { data: Contest; etag: string };

/** Reads everything about contests again after a change. */
export function refresh(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['contests'] });
}
