import { api, ok } from '~/api/client';

/** Gives the browser a text to save, byte for byte. */
export function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What opens a team's reviews, as the server wrote it. */
export const openings = (id: string) =>
  ok(api.GET('/entries/{id}/openings', { params: { path: { id } }, parseAs: 'text' }));

/** The auditor's bundle of a challenge, as the server wrote it. */
export const bundle = (id: string) =>
  ok(api.GET('/manage/challenges/{id}/audit', { params: { path: { id } }, parseAs: 'text' }));
