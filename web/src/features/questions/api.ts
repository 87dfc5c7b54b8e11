import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';

type Schemas = components['schemas'];
export type Question = Schemas['Question'];
export type Board = Schemas['QuestionBoard'];
export type Managed = Schemas['ManagedQuestion'];
export type Desk = Schemas['QuestionDesk'];
export type State = Schemas['QuestionState'];

/** What the desk filters by, in order. */
export const states: State[] = ['unanswered', 'answered', 'pending', 'hidden'];

/** Filters of the desk as they stand in the address. */
export const deskFilters = { q: '', state: 'unanswered', sort: '' };

/** Orders of the desk; without a choice, what waits longest comes first. */
export const orders = ['oldest', 'newest'] as const;

/** The most characters of a question. */
export const maxQuestion = 2000;

/** Questions that were answered to everyone, page by page. */
export function useBoard(slug: string, lang: Language, q: string, limit?: number) {
  const words = q.trim() || undefined;
  return useInfiniteQuery({
    queryKey: ['questions', slug, lang, words, limit],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/challenges/{slug}/questions', {
          params: { path: { slug }, query: { lang, q: words, cursor: pageParam, limit } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** What one asked about a challenge. */
export function useMine(slug: string, lang: Language, signedIn: boolean) {
  return useQuery({
    queryKey: ['questions', slug, 'mine', lang],
    queryFn: () =>
      ok(api.GET('/challenges/{slug}/my-questions', { params: { path: { slug }, query: { lang } } })),
    enabled: signedIn,
  });
}

/** The officials' desk, page by page. */
export function useDesk(id: string, filters: typeof deskFilters) {
  const query = {
    q: filters.q.trim() || undefined,
    state: filters.state === 'all' ? undefined : (filters.state as State),
    sort: (filters.sort || undefined) as (typeof orders)[number] | undefined,
  };
  return useInfiniteQuery({
    queryKey: ['managed', id, 'questions', query],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/manage/challenges/{id}/questions', {
          params: { path: { id }, query: { ...query, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** Reads a challenge's questions again, at the desk and on its public pages. */
export async function renew(id: string): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['managed', id, 'questions'] });
  await queries.invalidateQueries({ queryKey: ['questions'] });
}
