import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';
import type { Adopted } from '~/features/jury/along/adopt';
import { along } from '~/features/jury/api';
import { type CalibrationTyped, calibrationPaper, calibrationStanding } from '~/features/jury/round-papers';

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

/** The round for a juror, by whom it is scored, and what of each entry was typed before and never sent. */
export type Opened = {
  desk: Desk;
  person: string | undefined;
  adopted: Record<string, Adopted<CalibrationTyped> | undefined>;
};

/** The round as its juror scores it. What is typed lives on the page and in this browser, so nothing reads it again. */
export function useDesk(id: string) {
  return useQuery({
    queryKey: ['calibration', 'desk', id],
    queryFn: async (): Promise<Opened> => {
      const { whoAmI, adopt } = await along();
      const [desk, person] = await Promise.all([
        ok(api.GET('/jury/challenges/{id}/calibration', { params: { path: { id } } })),
        whoAmI(),
      ]);
      const adopted: Opened['adopted'] = {};
      const open = person && desk.state === 'open' && !desk.handedInAt;
      for (const item of open ? desk.items : []) {
        const { entryId } = item.entry;
        adopted[entryId] = await adopt<CalibrationTyped>(
          person ?? '',
          calibrationPaper(id, entryId, 'en').id,
          ({ language }) => calibrationStanding(item, language),
        ).catch(() => undefined); // storage can be off
      }
      return { desk, person, adopted };
    },
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
