import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';

type Schemas = components['schemas'];
export type Managed = Schemas['ManagedChallenge'];
export type ManagedItem = Schemas['ManagedChallengeItem'];
export type ManagedText = Schemas['ChallengeText'];
export type Criterion = Schemas['ManagedCriterion'];
export type State = Schemas['ChallengeState'];
export type Authoring = Schemas['ChallengeAuthoring'];
export type Part = Schemas['ChallengePart'];
export type PartState = Schemas['ChallengePartState'];
export type EditRequest = Schemas['EditRequest'];
export type TemplateSection = Schemas['TemplateSection'];

/** Filters of the list as they stand in the address. */
export const defaultFilters = { q: '', state: '', contest: '', sort: 'changed' };

/** The orders of the list. */
export const sorts = ['changed', 'deadline', 'title'] as const;

/** The states of authoring, in order. */
export const states: State[] = ['draft', 'returned', 'sent', 'approved', 'published'];

/** The challenges one works on, page by page. */
export function useManagedList(filters: typeof defaultFilters, lang: Language) {
  const query = {
    lang,
    q: filters.q.trim() || undefined,
    state: (filters.state || undefined) as State | undefined,
    contestId: filters.contest || undefined,
    sort: filters.sort as (typeof sorts)[number],
  };
  return useInfiniteQuery({
    queryKey: ['managed', 'list', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/manage/challenges', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** One challenge as its authors see it. */
export function useManaged(id: string) {
  return useQuery({
    queryKey: ['managed', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}', { params: { path: { id } } })),
  });
}

/** Its sections with what is missing, requested edits and changes. */
export function useAuthoring(id: string) {
  return useQuery({
    queryKey: ['managed', id, 'authoring'],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/authoring', { params: { path: { id } } })),
  });
}

/** Keeps the sections that an act answered with, and reads the challenge again. */
export async function keepAuthoring(authoring: Authoring): Promise<void> {
  queries.setQueryData(['managed', authoring.id, 'authoring'], authoring);
  await queries.invalidateQueries({ queryKey: ['managed', authoring.id], exact: true });
}

/** Labels, hints, limits and starters of the sections, and the rubric to start from. */
export function useTemplate() {
  return useQuery({
    queryKey: ['challenge-template'],
    queryFn: () => ok(api.GET('/challenge-template')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Every city, in the order of their marks. */
export function useCities() {
  return useQuery({ queryKey: ['cities'], queryFn: () => ok(api.GET('/cities')), staleTime: 60_000 });
}

/** Every contest that was announced. */
export function useContests() {
  return useQuery({ queryKey: ['contests'], queryFn: () => ok(api.GET('/contests')), staleTime: 60_000 });
}

/** Every testbed with its slots. */
export function useTestbeds() {
  return useQuery({ queryKey: ['testbeds'], queryFn: () => ok(api.GET('/testbeds')) });
}

/** Keeps what an act answered with, and reads the lists again. */
export async function keep(challenge: Managed): Promise<void> {
  queries.setQueryData(['managed', challenge.id], challenge);
  await queries.invalidateQueries({ queryKey: ['managed', challenge.id, 'authoring'] });
  await queries.invalidateQueries({ queryKey: ['managed', 'list'] });
}

/** Reads a challenge from the server whatever is at hand, as after somebody else saved it. */
export function readAgain(id: string): Promise<Managed> {
  return queries.fetchQuery({
    queryKey: ['managed', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });
}

/** Reads a challenge and the lists again. */
export async function refresh(id: string): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['managed', id] });
  await queries.invalidateQueries({ queryKey: ['managed', 'list'] });
}
