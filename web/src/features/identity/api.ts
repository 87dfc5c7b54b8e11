import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Role = Schemas['Role'];
export type Grant = Schemas['Grant'];
export type Scope = Schemas['GrantScope'];
export type Person = Schemas['Person'];
export type Invitation = Schemas['Invitation'];
export type InvitationView = Schemas['InvitationView'];

/** Filters of the people's list as they stand in the address. */
export const defaultFilters = { q: '', role: '' };
export type Filters = typeof defaultFilters;

/** What an invitation is for. Looking accepts nothing. */
export function useInvitation(token: string) {
  return useQuery({
    queryKey: ['invitation', token],
    enabled: token !== '',
    queryFn: () => ok(api.POST('/invitations/look', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Accounts by name. */
export function usePeople({ q, role }: Filters) {
  return useInfiniteQuery({
    queryKey: ['people', q.trim(), role],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/people', {
          params: {
            query: { q: q.trim() || undefined, role: (role || undefined) as Role, cursor: pageParam },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** Invitations that wait for an answer, newest first. */
export function useOpenInvitations() {
  return useInfiniteQuery({
    queryKey: ['invitations'],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/invitations', { params: { query: { state: 'open', cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What a role can be given for. */
export function usePlaces() {
  const cities = useQuery({
    queryKey: ['cities'],
    queryFn: () => ok(api.GET('/cities')),
    staleTime: 300_000,
  });
  const contests = useQuery({ queryKey: ['contests'], queryFn: () => ok(api.GET('/contests')) });
  return { cities: cities.data?.items ?? [], contests: contests.data?.items ?? [] };
}

/** Reads people and invitations again, and oneself: it may have been one's own role. */
export async function refreshPeople(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['people'] }),
    queries.invalidateQueries({ queryKey: ['invitations'] }),
    queries.invalidateQueries({ queryKey: ['me'] }),
  ]);
}
