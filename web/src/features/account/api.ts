import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Factors = Schemas['Factors'];
export type Passkey = Schemas['Passkey'];
export type Device = Schemas['Device'];
export type SecurityEvent = Schemas['SecurityEvent'];
export type Token = Schemas['ApiToken'];
export type TokenScope = Schemas['TokenScope'];

export const useFactors = () =>
  useQuery({ queryKey: ['account', 'factors'], queryFn: () => ok(api.GET('/me/factors')) });

export const useDevices = () =>
  useQuery({ queryKey: ['account', 'sessions'], queryFn: () => ok(api.GET('/me/sessions')) });

/** One's security log, page by page. */
export const useSecurityLog = () =>
  useInfiniteQuery({
    queryKey: ['account', 'log'],
    queryFn: ({ pageParam }) => ok(api.GET('/me/security-log', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const useTokens = () =>
  useQuery({ queryKey: ['account', 'tokens'], queryFn: () => ok(api.GET('/me/tokens')) });

/** Reads everything about one's own account again: roles may have woken up. */
export async function refreshAccount(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['account'] }),
    queries.invalidateQueries({ queryKey: ['me'] }),
  ]);
}
