import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';

type Schemas = components['schemas'];
export type ChallengeItem = Schemas['ChallengeItem'];
export type ChallengeDetail = Schemas['ChallengeDetail'];
export type Phase = Schemas['ChallengePhase'];

/** Filters of the list as they stand in the address. `current` is "open and upcoming". */
export const defaultFilters = { q: '', city: '', status: 'current', sort: 'closing' };
export type Filters = typeof defaultFilters;

type Query = NonNullable<NonNullable<Parameters<typeof listChallenges>[0]>>;

function listChallenges(query: {
  q?: string;
  city?: string;
  status?: 'open' | 'upcoming' | 'closed' | 'all';
  sort?: 'closing' | 'newest' | 'title';
  lang: Language;
  cursor?: string;
  limit?: number;
}) {
  return ok(api.GET('/challenges', { params: { query } }));
}

/** Published challenges that fit the filters, page by page. */
export function useChallenges(filters: Filters, lang: Language) {
  const query: Query = { lang, sort: filters.sort as Query['sort'] };
  if (filters.q.trim()) query.q = filters.q.trim();
  if (filters.city) query.city = filters.city;
  if (filters.status !== 'current') query.status = filters.status as Query['status'];
  return useInfiniteQuery({
    queryKey: ['challenges', query],
    queryFn: ({ pageParam }) => listChallenges({ ...query, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // The old rows stay while new filters are on their way: nothing jumps.
    placeholderData: (before) => before,
  });
}

/** The open challenges that close next, in this order; more than are shown, so that cities can take turns. */
export function useClosingNext(lang: Language) {
  return useQuery({
    queryKey: ['challenges', 'closing-next', lang],
    queryFn: () => listChallenges({ lang, status: 'open', sort: 'closing', limit: 12 }),
  });
}

/** One published challenge with its texts in a language. */
export function useChallenge(slug: string, lang: Language) {
  return useQuery({
    queryKey: ['challenge', slug, lang],
    queryFn: () => ok(api.GET('/challenges/{slug}', { params: { path: { slug }, query: { lang } } })),
  });
}

/** All host cities in the order of their marks. */
export function useCities() {
  return useQuery({
    queryKey: ['cities'],
    queryFn: () => ok(api.GET('/cities')),
    staleTime: 300_000,
  });
}
