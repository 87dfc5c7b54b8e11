import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok, okWithVersion } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Team = Schemas['Team'];
export type TeamRole = Schemas['TeamRole'];
export type TeamMember = Schemas['TeamMember'];
export type TeamInvitation = Schemas['TeamInvitation'];
export type Organisation = Schemas['Organisation'];
export type Claim = Schemas['TeamClaim'];

/** One's teams; nobody has more than a page of them. */
export function useTeams() {
  return useQuery({
    queryKey: ['teams'],
    queryFn: () => ok(api.GET('/teams', { params: { query: { limit: 100 } } })),
  });
}

/** One team with its version. */
export function useTeam(id: string) {
  return useQuery({
    queryKey: ['team', id],
    queryFn: () => okWithVersion(api.GET('/teams/{id}', { params: { path: { id } } })),
  });
}

/** Reads teams again after a change. */
export async function renewTeams(id?: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['teams'] }),
    queries.invalidateQueries({ queryKey: ['my-claims'] }),
    queries.invalidateQueries({ queryKey: ['organisations'] }),
    id ? queries.invalidateQueries({ queryKey: ['team', id] }) : undefined,
  ]);
}

/** The entries of one team. */
export function useTeamEntries(team: string) {
  return useQuery({
    queryKey: ['my-entries', team],
    queryFn: () => ok(api.GET('/my/entries', { params: { query: { team, limit: 100 } } })),
  });
}

/** Organisations like what is typed that nobody speaks for. */
export function useOrganisations(q: string) {
  return useQuery({
    queryKey: ['organisations', q],
    queryFn: () => ok(api.GET('/organisations', { params: { query: { q } } })),
    enabled: [...q].length >= 2,
    placeholderData: (before) => before,
  });
}

/** One's claims that wait or were refused lately. */
export function useMyClaims() {
  return useQuery({ queryKey: ['my-claims'], queryFn: () => ok(api.GET('/my/claims')) });
}

/** Claims for an admin, page by page. */
export function useClaims(decided: boolean) {
  return useInfiniteQuery({
    queryKey: ['claims', decided],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/admin/claims', { params: { query: { decided, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export const may = (of: { allowedActions: string[] }, action: string) => of.allowedActions.includes(action);
