import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Desk = Schemas['TranslationDesk'];
export type DeskLanguage = Schemas['TranslationLanguage'];
export type Request = Schemas['TranslationRequest'];

/** Where each language of a challenge stands, and who was asked. */
export function useDesk(id: string) {
  return useQuery({
    queryKey: ['managed', id, 'translations'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/translations', { params: { path: { id } } })),
  });
}

/** Puts what an act has answered in place of what was read. */
export function keep(desk: Desk): void {
  queries.setQueryData(['managed', desk.challengeId, 'translations'], desk);
}
