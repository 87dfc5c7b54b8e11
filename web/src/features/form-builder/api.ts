import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { Draft, FormDraft } from './draft';

/** A form as its authors edit it. */
export function useForm(id: string) {
  return useQuery({
    queryKey: ['form', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/form', { params: { path: { id } } })),
    // Somebody is writing on it: nothing is fetched under their hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Writes the form over the version it was read at, and keeps what it became. */
export async function saveForm(id: string, version: number | string, draft: Draft): Promise<FormDraft> {
  const saved = await ok(
    api.PUT('/manage/challenges/{id}/form', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      body: draft,
    }),
  );
  queries.setQueryData(['form', id], saved);
  void queries.invalidateQueries({ queryKey: ['managed'] });
  return saved;
}

/** Reads the form from the server whatever is at hand, as after somebody else saved it. */
export const readForm = (id: string): Promise<FormDraft> =>
  ok(api.GET('/manage/challenges/{id}/form', { params: { path: { id } } }));
