import { useInfiniteQuery, useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type Board = Schemas['KpiBoard'];
export type Kpi = Schemas['Kpi'];
export type Detail = Schemas['KpiDetail'];
export type Measurement = Schemas['Measurement'];
export type Verdict = Schemas['KpiVerdict'];
export type CountedRow = Schemas['KpiRow'];
export type Programme = Schemas['KpiProgramme'];

/** Every indicator of the programme. */
export function useBoard() {
  return useQuery({ queryKey: ['kpi'], queryFn: () => ok(api.GET('/kpi')) });
}

/** One indicator; its pages differ in the entries behind the number alone. */
export function useIndicator(slug: string, verdict: Verdict | '') {
  return useInfiniteQuery({
    queryKey: ['kpi', slug, verdict],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/kpi/{slug}', {
          params: { path: { slug }, query: { verdict: verdict || undefined, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.rows.nextCursor ?? undefined,
    // The figures do not change with the filter of the rows: they stay while it loads.
    placeholderData: (before) => before,
  });
}

/** Reads the board and every indicator again. */
export function refreshFigures(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ['kpi'] });
}
