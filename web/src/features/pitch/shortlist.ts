import type { Row } from './api';

/**
 * The entries that need a reason, as the server sees it: invited beyond the first n, n being how many are
 * invited, or passed over among them for one behind. Entries that share a rank may stand for each other.
 */
export function departing<R extends Pick<Row, 'entryId' | 'rank'>>(
  rows: R[],
  isIn: (row: R) => boolean,
): Set<string> {
  const invited = rows.filter(isIn);
  const cut = rows[invited.length - 1]?.rank ?? 0;
  const worst = Math.max(0, ...invited.map((row) => row.rank));
  const departs = rows.filter((row) => (isIn(row) ? row.rank > cut : row.rank <= cut && row.rank < worst));
  return new Set(departs.map((row) => row.entryId));
}

/** A local time some minutes later: "2026-12-15T18:00" and 20 give "2026-12-15T18:20"; "" stays "". */
export function after(local: string, minutes: number): string {
  if (!local) return '';
  return new Date(Date.parse(`${local}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

/**
 * What is missing of the times and places: each invited entry without a time gets the one 20 minutes after the
 * entry before it, without a place its place. Keys are those of the form: at.<entry>, place.<entry>.
 */
export function filled(
  invited: Pick<Row, 'entryId'>[],
  values: Record<string, string | boolean>,
): Record<string, string> {
  const out: Record<string, string> = {};
  let at = '';
  let place = '';
  for (const { entryId } of invited) {
    const typed = (part: string) => String(values[`${part}.${entryId}`] ?? '');
    at = typed('at') || after(at, 20);
    place = typed('place') || place;
    if (at !== typed('at')) out[`at.${entryId}`] = at;
    if (place !== typed('place')) out[`place.${entryId}`] = place;
  }
  return out;
}
