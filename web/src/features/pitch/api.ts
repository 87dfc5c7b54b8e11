import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Plan = Schemas['PitchPlan'];
export type Criterion = Schemas['ManagedCriterion'];
export type Round = Schemas['PitchRound'];
export type Row = Schemas['PitchRow'];
export type Desk = Schemas['PitchDesk'];
export type DeskItem = Schemas['PitchDeskItem'];
export type Scored = Schemas['ReviewScore'];
type Named = Schemas['PitchNamed'];
type Appointment = Schemas['PitchAppointment'];

const over = (version: number) => ({ 'If-Match': `"${version}"` });

/** What everybody may read about the pitch round of a challenge. */
export function useRules(slug: string) {
  return useQuery({
    queryKey: ['pitch-rules', slug],
    queryFn: () => ok(api.GET('/challenges/{slug}/pitch', { params: { path: { slug } } })),
  });
}

const planKey = (id: string) => ['pitch-plan', id];
const readPlan = (id: string) =>
  ok(api.GET('/manage/challenges/{id}/pitch-plan', { params: { path: { id } } }));

export function usePlan(id: string) {
  return useQuery({ queryKey: planKey(id), queryFn: () => readPlan(id) });
}

export async function planAgain(id: string): Promise<Plan> {
  const plan = await readPlan(id);
  queries.setQueryData(planKey(id), plan);
  return plan;
}

export async function savePlan(
  id: string,
  version: number | string,
  body: Schemas['PitchPlanChange'],
): Promise<Plan> {
  const params = { path: { id }, header: { 'If-Match': `"${version}"` } };
  const plan = await ok(api.PUT('/manage/challenges/{id}/pitch-plan', { params, body }));
  queries.setQueryData(planKey(id), plan);
  return plan;
}

const key = (id: string) => ['pitch', id];

/** The round, for those who see the ranking. */
export function useRound(id: string) {
  return useQuery({
    queryKey: key(id),
    queryFn: () => ok(api.GET('/manage/challenges/{id}/pitch', { params: { path: { id } } })),
  });
}

export function reload(id: string): Promise<void> {
  return queries.invalidateQueries({ queryKey: key(id) });
}

const keep = (round: Round): void => {
  queries.setQueryData(key(round.challengeId), round);
};

export async function name(round: Round, entries: Named[]): Promise<void> {
  const params = { path: { id: round.challengeId } };
  keep(await ok(api.POST('/manage/challenges/{id}/pitch/shortlist', { params, body: { entries } })));
}

export async function move(round: Round, body: Appointment): Promise<void> {
  const params = { path: { id: round.challengeId }, header: over(round.version) };
  keep(await ok(api.PUT('/manage/challenges/{id}/pitch/appointment', { params, body })));
}

export async function lock(round: Round, acceptMissing: boolean): Promise<void> {
  const params = { path: { id: round.challengeId }, header: over(round.version) };
  keep(await ok(api.POST('/manage/challenges/{id}/pitch/lock', { params, body: { acceptMissing } })));
}

/** The rounds in which one scores. */
export function usePitchDuties() {
  return useQuery({ queryKey: ['pitch-duties'], queryFn: () => ok(api.GET('/jury/pitches')) });
}

/** An entry's own invitation, for its team. */
export function useInvitation(id: string) {
  return useQuery({
    queryKey: ['pitch-invitation', id],
    queryFn: () => ok(api.GET('/entries/{id}/pitch', { params: { path: { id } } })),
  });
}
