import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Decision = Schemas['Decision'];
export type Row = Schemas['DecisionRow'];
export type Outcome = Schemas['Outcome'];
export type Slot = Schemas['DecisionSlot'];
export type Draft = Schemas['DecisionDraft'];

const key = (id: string) => ['decision', id];

/** The host's decision. What is typed lives on the page: nothing reads it again behind its back. */
export function useDecision(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: () => get(id),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

const get = (id: string) => ok(api.GET('/manage/challenges/{id}/decision', { params: { path: { id } } }));

/** Reads it again, after somebody else saved it. */
export async function readDecision(id: string): Promise<Decision> {
  return remember(await get(id));
}

const version = (n: number | string) => ({ 'If-Match': `"${n}"` });

/** Saves the draft over the version that it was begun from. */
export async function saveDecision(id: string, over: number | string, body: Draft): Promise<Decision> {
  return remember(
    await ok(
      api.PUT('/manage/challenges/{id}/decision', {
        params: { path: { id }, header: version(over) },
        body,
      }),
    ),
  );
}

/** Makes the saved draft the decision. */
export async function decide(decision: Decision): Promise<Decision> {
  const id = decision.challengeId;
  return remember(
    await ok(
      api.POST('/manage/challenges/{id}/decide', {
        params: { path: { id }, header: version(decision.version) },
      }),
    ),
  );
}

/** Makes the results public; answers how many messages are on their way. */
export async function release(decision: Decision): Promise<number> {
  const id = decision.challengeId;
  const { notices } = await ok(api.POST('/manage/challenges/{id}/release', { params: { path: { id } } }));
  await queries.invalidateQueries({ queryKey: key(id) });
  return notices;
}

function remember(decision: Decision): Decision {
  queries.setQueryData(key(decision.challengeId), decision);
  return decision;
}
