import type { RankingRow } from './api';

/** Half the width of a 90 % interval, in standard errors. */
export const ninety = 1.645;

/**
 * Neighbours in the order whose means differ by less than chance may well do (below 1.645 standard errors
 * of their difference).
 */
export function unsure(rows: RankingRow[]): number {
  const ranked = rows.filter((row) => row.rank !== undefined);
  let pairs = 0;
  for (let at = 1; at < ranked.length; at++) {
    const [a, b] = [ranked[at - 1], ranked[at]];
    if (a?.mean === undefined || b?.mean === undefined || a.se === undefined || b.se === undefined) continue;
    if (a.mean - b.mean < ninety * Math.hypot(a.se, b.se)) pairs++;
  }
  return pairs;
}
