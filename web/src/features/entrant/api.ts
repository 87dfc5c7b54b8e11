import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Entry = Schemas['Entry'];
export type History = Schemas['EntryHistory'];
export type Version = Schemas['EntryVersion'];
export type AnswerVersion = Schemas['AnswerVersion'];
export type Testbeds = Schemas['EntryTestbeds'];
export type Testbed = Schemas['EntryTestbed'];
export type Consent = Schemas['GalleryConsent'];

/** One entry, as the entry's own pages keep it. */
export function useEntry(id: string) {
  return useQuery({
    queryKey: ['entry', id],
    queryFn: () => ok(api.GET('/entries/{id}', { params: { path: { id } } })),
  });
}

/** Every submission, and the draft where it differs; newest first. */
export function useHistory(id: string) {
  return useQuery({
    queryKey: ['entry-history', id],
    queryFn: () => ok(api.GET('/entries/{id}/history', { params: { path: { id } } })),
    staleTime: 0,
  });
}

/** The texts that an answer had before and that were kept while it was written, newest first. */
export function useAnswerVersions(id: string, fieldId: string) {
  return useQuery({
    queryKey: ['answer-versions', id, fieldId],
    queryFn: () =>
      ok(api.GET('/entries/{id}/answers/{fieldId}/versions', { params: { path: { id, fieldId } } })),
    staleTime: 0,
  });
}

/**
 * Puts an earlier text in the place of an answer, over the version that was seen: an edit like any other. What
 * became of it; the answer and its texts are read again in each case.
 */
export async function takeBack(
  id: string,
  fieldId: string,
  value: string,
  version: number,
): Promise<'saved' | 'conflict' | 'frozen'> {
  const now = await ok(
    api.PATCH('/entries/{id}/answers', {
      params: { path: { id } },
      body: { answers: [{ fieldId, value, version }] },
    }),
  );
  await Promise.all(
    [['entry', id], ['entry-history', id], ['answer-versions', id, fieldId], ['my-entries']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
  if (now.conflicts.length > 0) return 'conflict';
  return now.frozen.length > 0 ? 'frozen' : 'saved';
}

/** The testbeds to choose from and their order. */
export function useTestbeds(id: string) {
  return useQuery({
    queryKey: ['entry-testbeds', id],
    queryFn: () => ok(api.GET('/entries/{id}/testbeds', { params: { path: { id } } })),
  });
}

/** Saves an order over the one that was seen. */
export async function rank(id: string, seen: string[], ranked: string[]): Promise<Testbeds> {
  const now = await ok(
    api.PUT('/entries/{id}/testbeds', { params: { path: { id } }, body: { seen, ranked } }),
  );
  queries.setQueryData(['entry-testbeds', id], now);
  void queries.invalidateQueries({ queryKey: ['entry', id] });
  return now;
}

/** Whether the team agreed to the gallery. */
export function useConsent(id: string) {
  return useQuery({
    queryKey: ['entry-gallery', id],
    queryFn: () => ok(api.GET('/entries/{id}/gallery', { params: { path: { id } } })),
  });
}

/** Agrees, or takes it back. */
export async function setConsent(id: string, agreed: boolean): Promise<void> {
  const now = await ok(api.PUT('/entries/{id}/gallery', { params: { path: { id } }, body: { agreed } }));
  queries.setQueryData(['entry-gallery', id], now);
}
