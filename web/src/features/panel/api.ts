import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

export type Panel = components['schemas']['EntryPanel'];
export type Juror = components['schemas']['PanelJuror'];
export type Naming = components['schemas']['JurorNaming'];

/** The least length of a reason, in characters. */
export const minReason = 20;

const keyOf = (entry: string) => ['entry-panel', entry];

/** Who judges, as the team of an entry sees it. */
export function usePanel(entry: string) {
  return useQuery({
    queryKey: keyOf(entry),
    queryFn: () => ok(api.GET('/entries/{id}/panel', { params: { path: { id: entry } } })),
  });
}

/** Puts an answer of the server where the pages read it. */
export const keep = (panel: Panel) => queries.setQueryData(keyOf(panel.entryId), panel);

/** Reads it again, as after a refusal. */
export const renew = (entry: string) => queries.invalidateQueries({ queryKey: keyOf(entry) });
