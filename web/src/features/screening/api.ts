import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Overview = Schemas['ScreeningOverview'];
export type Item = Schemas['ScreeningItem'];
export type Run = Schemas['ScreeningRun'];
export type ActRequest = Schemas['ScreeningRequest'];
export type Act = Schemas['ScreeningAct'];
export type ScreeningState = Schemas['ScreeningState'];
export type Detail = Schemas['EntryScreening'];

/** Filters of the list as they stand in the address. */
export const defaultFilters = {
  q: '',
  screening: '',
  state: 'submitted',
  country: '',
  kind: '',
  language: '',
  sort: 'reference',
};
export type Filters = typeof defaultFilters;

export const screeningStates: ScreeningState[] = [
  'unscreened',
  'passed',
  'failed',
  'correcting',
  'corrected',
];
export const kinds = ['startup', 'company', 'university', 'group', 'person'] as const;

/** The filter as the API takes it, for the list and for acts on all that match. */
export function filterOf(filters: Filters): NonNullable<ActRequest['filter']> {
  return {
    q: filters.q.trim() || undefined,
    screening: (filters.screening || undefined) as ScreeningState | undefined,
    state: filters.state === 'withdrawn' ? 'withdrawn' : 'submitted',
    country: filters.country || undefined,
    kind: (filters.kind || undefined) as Item['team']['kind'] | undefined,
    language: (filters.language || undefined) as Item['language'] | undefined,
  };
}

/** A challenge's entries with their numbers, page by page. */
export function useScreening(id: string, filters: Filters) {
  const query = { ...filterOf(filters), sort: filters.sort as 'reference' };
  return useInfiniteQuery({
    queryKey: ['screening', id, query],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/manage/challenges/{id}/screening', {
          params: { path: { id }, query: { ...query, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** What is known of the check of one entry. */
export function useDetail(entry: string) {
  return useQuery({
    queryKey: ['screening', 'entry', entry],
    queryFn: () => ok(api.GET('/manage/entries/{id}/screening', { params: { path: { id: entry } } })),
  });
}

/** Previews or performs an act. */
export function act(id: string, body: ActRequest, key?: string): Promise<Run> {
  return ok(
    api.POST('/manage/challenges/{id}/screening', {
      params: { path: { id }, header: key ? { 'Idempotency-Key': key } : {} },
      body,
    }),
  );
}

/** A run that a job performs, asked again until it is done. */
export function useRun(run: Run) {
  return useQuery({
    queryKey: ['screening', 'run', run.id],
    queryFn: () => ok(api.GET('/screening-runs/{id}', { params: { path: { id: run.id ?? '' } } })),
    initialData: run,
    refetchInterval: (query) => (query.state.data?.finished ? false : 1000),
    enabled: !!run.id,
  });
}

/** Reads everything about a challenge's entries again. */
export async function refresh(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['screening'] }),
    queries.invalidateQueries({ queryKey: ['entry'] }),
  ]);
}
