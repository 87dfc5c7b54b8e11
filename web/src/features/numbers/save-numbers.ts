import { api } from '~/api/client';
import { problemOf } from '~/api/problem';
import type { Language } from '~/i18n/languages';
import { nameInDisposition, saveTable } from '~/lib/save-file';

/** Fetches the numbers by day and source and hands them over as a file. */
export async function saveNumbers(id: string, lang: Language): Promise<void> {
  const answer = await api.GET('/manage/challenges/{id}/numbers.csv', {
    params: { path: { id }, query: { lang } },
  });
  if (!answer.response.ok) throw await problemOf(answer.response, answer.error);
  const name = nameInDisposition(answer.response.headers.get('content-disposition'));
  saveTable(String(answer.data), name ?? 'numbers.csv');
}
