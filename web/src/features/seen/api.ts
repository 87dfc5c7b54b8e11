import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Look = Schemas['Look'];
export type EntryLook = Schemas['EntryLook'];

export const kinds = ['entry', 'file', 'review', 'ranking'] as const;
export const sorts = ['latest', 'earliest', 'person', 'reference'] as const;

/** Filters of the log as they stand in the address; `from` and `to` are days, both included. */
export const logFilters = { person: '', thing: '', kind: '', from: '', to: '', sort: 'latest' };
export type LogFilters = typeof logFilters;

/** The log of who opened what, page by page. */
export function useLog({ person, thing, kind, from, to, sort }: LogFilters) {
  const query = {
    person: person.trim() || undefined,
    thing: thing.trim() || undefined,
    kind: kinds.find((each) => each === kind),
    from: startOf(from),
    until: startOf(to, 1),
    sort: sorts.find((each) => each === sort),
  };
  return useInfiniteQuery({
    queryKey: ['seen', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/admin/seen', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** Who opened one's team's entry, by role and day. */
export function useEntryLooks(id: string) {
  return useQuery({
    queryKey: ['entry', id, 'seen'],
    queryFn: () => ok(api.GET('/entries/{id}/seen', { params: { path: { id } } })),
  });
}

/** The instant at which a day ("2026-11-23") begins in one's own zone, or the one some days later. */
function startOf(day: string, later = 0): string | undefined {
  const start = new Date(`${day}T00:00`);
  if (!day || Number.isNaN(start.getTime())) return undefined;
  start.setDate(start.getDate() + later);
  return start.toISOString();
}
