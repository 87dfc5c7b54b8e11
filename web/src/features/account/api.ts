import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Factors = Schemas['Factors'];
export type Passkey = Schemas['Passkey'];
export type Device = Schemas['Device'];
export type Token = Schemas['ApiToken'];
export type TokenScope = Schemas['TokenScope'];

export const useFactors = () =>
  useQuery({ queryKey: ['account', 'factors'], queryFn: () => ok(api.GET('/me/factors')) });

export const useDevices = () =>
  useQuery({ queryKey: ['account', 'sessions'], queryFn: () => ok(api.GET('/me/sessions')) });

export const useTokens = () =>
  useQuery({ queryKey: ['account', 'tokens'], queryFn: () => ok(api.GET('/me/tokens')) });

/** Reads everything about one's own account again: roles may have woken up. */
export async function refreshAccount(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['account'] }),
    queries.invalidateQueries({ queryKey: ['me'] }),
  ]);
}
