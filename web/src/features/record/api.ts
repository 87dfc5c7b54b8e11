import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import type { components } from '~/api/schema';

export type Checkpoint = components['schemas']['Checkpoint'];

/** The key that signs the record; null before the first checkpoint. */
export function useRecordKey() {
  return useQuery({
    queryKey: ['record', 'key'],
    queryFn: () =>
      ok(api.GET('/record/key')).catch((failure: unknown) => {
        if (failure instanceof ProblemError && failure.status === 404) return null;
        throw failure;
      }),
  });
}

/** Signed checkpoints, newest first, page by page. */
export function useCheckpoints() {
  return useInfiniteQuery({
    queryKey: ['record', 'checkpoints'],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/record/checkpoints', { params: { query: { cursor: pageParam, limit: 10 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
