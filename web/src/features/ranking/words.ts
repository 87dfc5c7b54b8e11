import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import type { Ranking, RankingRow } from './api';

/** Half the width of a 90 % interval, in standard errors. */
export const ninety = 1.645;

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5, as totals are shown. */
export function points(value: number, language: Language): string {
  return number(value, language, tenths);
}

/** +3.2 · −1.4: points more or less than the others. */
export function signed(value: number, language: Language): string {
  return number(value, language, { ...tenths, signDisplay: 'exceptZero' }).replace('-', '−');
}

/** 70 %; chances are drawn, so nothing is ever called 0 or 100 %. */
export function percent(chance: number, language: Language): string {
  const kept = Math.min(0.99, Math.max(0.01, chance));
  return number(kept, language, { style: 'percent', maximumFractionDigits: 0 });
}

const bands = [
  [0.95, 'certain'],
  [0.75, 'likely'],
  [0.25, 'open'],
  [0.05, 'unlikely'],
] as const;

export type Band = (typeof bands)[number][1] | 'hardly';

/** A chance in a word. */
export function band(chance: number): Band {
  return bands.find(([from]) => chance >= from)?.[1] ?? 'hardly';
}

/** The standard error of what decides. */
export function errorOf(row: RankingRow, order: Ranking['order']): number | undefined {
  return order === 'calibrated' ? (row.calibratedSe ?? row.se) : row.se;
}

/**
 * Neighbours in the order that differ by less than chance may well do: below 1.645 standard errors of their
 * difference.
 */
export function unsure(rows: RankingRow[], order: Ranking['order']): number {
  const ranked = rows.filter((row) => row.rank !== undefined);
  let pairs = 0;
  for (let at = 1; at < ranked.length; at++) {
    const [a, b] = [ranked[at - 1], ranked[at]];
    if (a?.official === undefined || b?.official === undefined) continue;
    const [x, y] = [errorOf(a, order), errorOf(b, order)];
    if (x !== undefined && y !== undefined && a.official - b.official < ninety * Math.hypot(x, y)) pairs++;
  }
  return pairs;
}

export type Scale = { low: number; high: number };

/** The part of 0 to 100 that the intervals of all entries need, in whole tens. */
export function scaleOf({ rows, order }: Pick<Ranking, 'rows' | 'order'>): Scale {
  let [low, high] = [100, 0];
  for (const row of rows) {
    if (row.official === undefined) continue;
    const half = ninety * (errorOf(row, order) ?? 0);
    low = Math.min(low, row.official - half, row.mean ?? 100, row.calibrated ?? 100);
    high = Math.max(high, row.official + half, row.mean ?? 0, row.calibrated ?? 0);
  }
  const scale = {
    low: Math.max(0, Math.floor(low / 10) * 10),
    high: Math.min(100, Math.ceil(high / 10) * 10),
  };
  return scale.high > scale.low ? scale : { low: 0, high: 100 };
}
