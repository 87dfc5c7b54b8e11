import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Calibration = Schemas['Calibration'];
export type Desk = Schemas['CalibrationDesk'];
export type Item = Schemas['CalibrationItem'];
export type Spread = Schemas['CalibrationSpread'];
export type Entry = Schemas['CalibrationEntry'];
export type Criterion = Schemas['JuryCriterion'];

/** The round as its chair sees it. */
export function useCalibration(id: string) {
  return useQuery({
    queryKey: ['calibration', id],
    queryFn: () => ok(api.GET('/manage/challenges/{id}/calibration', { params: { path: { id } } })),
  });
}

/** The round as its juror scores it. What is typed lives on the page, so nothing reads it again meanwhile. */
export function useDesk(id: string) {
  return useQuery({
    queryKey: ['calibration', 'desk', id],
    queryFn: () => ok(api.GET('/jury/challenges/{id}/calibration', { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Reads the round, and what the jury sees of it, again. */
export async function refresh(): Promise<void> {
  await Promise.all(
    ['calibration', 'jury', 'chair'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}

/** E-12 · Title, with the team where judging is not blind. */
export const entryName = (entry: Entry): string =>
  [entry.reference, entry.title, entry.teamName].filter(Boolean).join(' · ');
