import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Notice = Schemas['Notice'];
export type NoticeState = Schemas['NoticeState'];
export type Job = Schemas['Job'];
export type JobState = Schemas['JobState'];

/** Filters of the outbox as they stand in the address. */
export const mailFilters = { q: '', state: '' };

/** The outbox, page by page. */
export function useNotices({ q, state }: typeof mailFilters) {
  const query = { q: q.trim() || undefined, state: (state || undefined) as NoticeState | undefined };
  return useInfiniteQuery({
    queryKey: ['notices', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/admin/notices', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** One notice as its reader gets it. */
export function useNotice(id: string) {
  return useQuery({
    queryKey: ['notice', id],
    queryFn: () => ok(api.GET('/admin/notices/{id}', { params: { path: { id } } })),
  });
}

/** Filters of the jobs as they stand in the address. */
export const jobFilters = { state: '', kind: '' };

/** Background jobs, page by page. */
export function useJobs({ state, kind }: typeof jobFilters) {
  const query = { state: (state || undefined) as JobState | undefined, kind: kind.trim() || undefined };
  return useInfiniteQuery({
    queryKey: ['jobs', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/admin/jobs', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}
