import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';

type Schemas = components['schemas'];
export type Entry = Schemas['Entry'];
export type MyEntry = Schemas['MyEntry'];
export type EntryField = Schemas['EntryField'];
export type EntryAnswer = Schemas['EntryAnswer'];
export type EntryFile = Schemas['EntryFile'];
export type EntrySection = Schemas['EntrySection'];
export type Lack = Schemas['FieldError'];

/** The entries of one's teams, page by page. */
export function useMyEntries() {
  return useInfiniteQuery({
    queryKey: ['my-entries'],
    queryFn: ({ pageParam }) => ok(api.GET('/my/entries', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

const keyOf = (id: string) => ['entry', id];

/** One entry; asked again every few seconds while a file of it is being checked. */
export function useEntry(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => ok(api.GET('/entries/{id}', { params: { path: { id } } })),
    refetchInterval: (query) =>
      query.state.data?.files.some((file) => file.state === 'checking') ? 3000 : false,
  });
}

/** Puts a newer entry, or a part of one, where the pages read it. */
export function keepEntry(id: string, part: Partial<Entry>): void {
  queries.setQueryData<Entry>(keyOf(id), (before) => (before ? { ...before, ...part } : undefined));
  void queries.invalidateQueries({ queryKey: ['my-entries'] });
}

/** Reads an entry again: a file came or went. */
export function renewEntry(id: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: keyOf(id) });
}

/** Sends, withdraws or revives an entry and keeps what it became. */
export async function turn(id: string, deed: 'submit' | 'withdraw' | 'revive', key: string): Promise<Entry> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  const entry = await ok(
    deed === 'submit'
      ? api.POST('/entries/{id}/submit', { params })
      : deed === 'withdraw'
        ? api.POST('/entries/{id}/withdraw', { params })
        : api.POST('/entries/{id}/revive', { params }),
  );
  queries.setQueryData(keyOf(id), entry);
  void queries.invalidateQueries({ queryKey: ['my-entries'] });
  return entry;
}

/** The challenge to enter, with its texts in a language. */
export function useChallenge(slug: string, lang: Language) {
  return useQuery({
    queryKey: ['challenge', slug, lang],
    queryFn: () => ok(api.GET('/challenges/{slug}', { params: { path: { slug }, query: { lang } } })),
  });
}

export const may = (of: { allowedActions: string[] }, action: string) => of.allowedActions.includes(action);
