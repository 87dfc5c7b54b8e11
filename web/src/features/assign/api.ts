import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Progress = Schemas['JuryProgress'];
export type Setup = Schemas['AssignSetup'];
export type Seat = Schemas['AssignSeat'];
export type Wish = Schemas['AssignWish'];
export type Plan = Schemas['AssignPlan'];
export type AssignRequest = Schemas['AssignRequest'];

/** What the next assignment is made from. */
export function useSetup(id: string) {
  return useQuery({
    queryKey: ['chair', id, 'assign-setup'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/assignment', { params: { path: { id } } })),
  });
}

/** The assignments that were made, with their seeds. */
export function useMade(id: string) {
  return useQuery({
    queryKey: ['chair', id, 'assign-made'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/assignments', { params: { path: { id } } })),
  });
}

/** Reads everything of the challenge's jury again. */
export function refresh(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['chair'] });
}
