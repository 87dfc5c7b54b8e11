import { api, ok } from '~/api/client';

/** What opens a team's reviews, as the server wrote it. */
export const openings = (id: string) =>
  ok(api.GET('/entries/{id}/openings', { params: { path: { id } }, parseAs: 'text' }));

/** The auditor's bundle of a challenge, as the server wrote it. */
export const bundle = (id: string) =>
  ok(api.GET('/manage/challenges/{id}/audit', { params: { path: { id } }, parseAs: 'text' }));
