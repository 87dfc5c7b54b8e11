import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type City = Schemas['City'];
export type Candidate = Schemas['CityCandidate'];
export type Testbed = Schemas['Testbed'];
export type Region = Schemas['Region'];

/** Every city with what the caller may do about it. */
export function useCities() {
  return useQuery({ queryKey: ['cities'], queryFn: () => ok(api.GET('/cities')), staleTime: 60_000 });
}

/** Cities that could join and have not. */
export function useCandidates() {
  return useQuery({ queryKey: ['city-candidates'], queryFn: () => ok(api.GET('/city-candidates')) });
}

/** Accounts that are officials of a city. There are few: all of them are asked for. */
export function useOfficials(city: City) {
  return useQuery({
    queryKey: ['people', 'officials'],
    queryFn: async () => {
      const people: Schemas['Person'][] = [];
      let cursor: string | undefined;
      do {
        const query = { role: 'official' as const, limit: 100, cursor };
        const page = await ok(api.GET('/people', { params: { query } }));
        people.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return people;
    },
    select: (people) =>
      people.filter((each) =>
        each.grants.some((grant) => grant.role === 'official' && grant.scope.id === city.id),
      ),
  });
}

/** Testbeds with their slots, of one city or of all. */
export function useTestbeds(city?: string) {
  return useQuery({
    queryKey: ['testbeds', city],
    queryFn: () => ok(api.GET('/testbeds', { params: { query: { city } } })),
  });
}

/** Reads cities and testbeds again after a change. */
export async function refresh(): Promise<void> {
  await Promise.all(
    ['cities', 'city-candidates', 'testbeds'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}
