import { useQuery } from '@tanstack/preact-query';
import { api, okWithVersion } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type LatePolicy = Schemas['LatePolicy'];
export type LateEntry = Schemas['LateEntry'];
export type LateExtension = Schemas['LateExtension'];
export type WaitingFile = Schemas['WaitingFile'];

const keyOf = (id: string) => ['managed', id, 'late'];

/** The late policy of a challenge with its version. */
export function useLate(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => okWithVersion(api.GET('/manage/challenges/{id}/late', { params: { path: { id } } })),
  });
}

/** Reads the policy again after a change, and the challenge with it. */
export const renewLate = (id: string) => queries.invalidateQueries({ queryKey: ['managed', id] });

export const may = (policy: LatePolicy, action: string) => policy.allowedActions.includes(action);
