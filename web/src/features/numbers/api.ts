import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Reach = Schemas['Reach'];
export type Numbers = Schemas['ReachNumbers'];
export type CampaignLink = Schemas['CampaignLink'];

/** The steps from a look to an entry, in order. */
export const steps = ['views', 'follows', 'drafts', 'submitted'] as const;
export type Step = (typeof steps)[number];

/** The numbers of a challenge. */
export function useReach(id: string) {
  return useQuery({
    queryKey: ['reach', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/numbers', { params: { path: { id } } })),
  });
}

/** Its campaign links. */
export function useLinks(id: string) {
  return useQuery({
    queryKey: ['reach', id, 'links'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/links', { params: { path: { id } } })),
  });
}

/** Reads both again. */
export function refresh(id: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['reach', id] });
}
