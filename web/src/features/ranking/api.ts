import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Ranking = Schemas['JuryRanking'];
export type RankingRow = Schemas['RankingRow'];
export type RankingJuror = Schemas['RankingJuror'];

/** The jury's order. Its key lies below the chair's, whose acts read everything again. */
export function useRanking(id: string) {
  return useQuery({
    queryKey: ['chair', id, 'ranking'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/ranking', { params: { path: { id } } })),
  });
}
