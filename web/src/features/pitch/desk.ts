import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import type { Adopted } from '~/features/jury/along/adopt';
import { along } from '~/features/jury/api';
import { type PitchTyped, pitchPaper, pitchStanding } from '~/features/jury/round-papers';
import type { Desk } from './api';

/** The pitches that one scores, by whom, and what of each was typed before and never sent. */
export type Opened = {
  desk: Desk;
  person: string | undefined;
  adopted: Record<string, Adopted<PitchTyped> | undefined>;
};

/** The pitches that one scores. What is typed lives on the page and in this browser; it is not read again by itself. */
export function useDesk(id: string) {
  return useQuery({
    queryKey: ['pitch-desk', id],
    queryFn: async (): Promise<Opened> => {
      const { whoAmI, adopt } = await along();
      const [desk, person] = await Promise.all([
        ok(api.GET('/jury/challenges/{id}/pitch', { params: { path: { id } } })),
        whoAmI(),
      ]);
      const adopted: Opened['adopted'] = {};
      for (const item of person && !desk.locked ? desk.items : [])
        adopted[item.entryId] = await adopt(person ?? '', pitchPaper(id, item.entryId).id, () =>
          pitchStanding(item),
        ).catch(() => undefined); // storage can be off
      return { desk, person, adopted };
    },
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
