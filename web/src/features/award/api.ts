import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Results = Schemas['Results'];
export type Winner = Schemas['ResultsWinner'];
export type EntryResult = Schemas['EntryResult'];
export type Trial = Schemas['AwardTrial'];

/** The public results of a challenge. */
export function useResults(slug: string) {
  return useQuery({
    queryKey: ['results', slug],
    queryFn: () => ok(api.GET('/challenges/{slug}/results', { params: { path: { slug } } })),
  });
}

/** The result of one's own entry, once it is out. */
export function useEntryResult(id: string) {
  return useQuery({
    queryKey: ['entry-result', id],
    queryFn: () => ok(api.GET('/entries/{id}/result', { params: { path: { id } } })),
  });
}
