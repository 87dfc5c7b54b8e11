import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { session } from '~/api/session';
import { useStore } from '~/lib/store';

export type Me = components['schemas']['Me'];

/** The signed-in person; undefined while signed out or not known yet. */
export function useMe(): Me | undefined {
  const state = useStore(session);
  const { data } = useQuery({
    queryKey: ['me'],
    enabled: state === 'in',
    queryFn: () => ok(api.GET('/me')),
    staleTime: 60_000,
  });
  return state === 'in' ? data : undefined;
}
