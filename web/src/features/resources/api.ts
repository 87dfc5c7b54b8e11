import { useQuery } from '@tanstack/preact-query';
import { api, idempotencyKey, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { LocalText } from '~/i18n/local-text';

type Schemas = components['schemas'];
export type List = Schemas['ManagedResourceList'];
export type Resource = Schemas['ManagedResource'];

/** Most bytes of one file. */
export const maxSize = 50 * 1024 * 1024;

const keyOf = (challenge: string) => ['managed', challenge, 'resources'];

/** Files and links of a challenge; read again while a file is being checked. */
export function useResources(challenge: string) {
  return useQuery({
    queryKey: keyOf(challenge),
    queryFn: () => ok(api.GET('/manage/challenges/{id}/resources', { params: { path: { id: challenge } } })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((each) => each.state === 'checking') ? 2000 : false,
  });
}

/** Puts what an act has answered in place of what was read. */
export function keep(challenge: string, list: List): void {
  queries.setQueryData(keyOf(challenge), list);
}

/** Sends a file part by part; a part that fails is tried three times. */
export async function sendFile(challenge: string, title: LocalText, file: File, key: string): Promise<void> {
  const up = await ok(
    api.POST('/manage/challenges/{id}/resources/files', {
      params: { path: { id: challenge } },
      headers: idempotencyKey(key),
      body: { title, name: file.name, size: file.size },
    }),
  );
  for (const [at, link] of up.links.entries()) {
    const part = file.slice(at * up.partSize, (at + 1) * up.partSize);
    for (let left = 3; ; left--) {
      const answer = await fetch(link, { method: 'PUT', body: part }).catch(() => undefined);
      if (answer?.ok) break;
      if (left === 1) throw new Error(`part ${at + 1} of ${file.name}: ${answer?.status ?? 'no answer'}`);
    }
  }
  keep(challenge, await ok(api.POST('/manage/resources/{id}/complete', { params: { path: { id: up.id } } })));
}
