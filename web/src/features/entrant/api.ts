import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Entry = Schemas['Entry'];
export type History = Schemas['EntryHistory'];
export type Version = Schemas['EntryVersion'];
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
