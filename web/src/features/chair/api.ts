import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Progress = Schemas['JuryProgress'];
export type Member = Schemas['JuryMember'];
export type Matrix = Schemas['JuryMatrix'];
export type Cell = Schemas['MatrixCell'];

/** The jurors of a challenge and how far each one is. */
export function useProgress(id: string) {
  return useQuery({
    queryKey: ['chair', id, 'progress'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/jury', { params: { path: { id } } })),
  });
}

/** Jurors by entries. */
export function useMatrix(id: string) {
  return useQuery({
    queryKey: ['chair', id, 'matrix'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/matrix', { params: { path: { id } } })),
  });
}

/** Open invitations to the jury of a contest. */
export function useInvitations(contest: string) {
  return useQuery({
    queryKey: ['chair', 'invitations', contest],
    queryFn: () => ok(api.GET('/invitations', { params: { query: { contest, state: 'open', limit: 100 } } })),
  });
}

/** Reads everything of the challenge's jury again. */
export function refreshChair(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['chair'] });
}
