import { expect, test } from 'vitest';
import type { RankingRow } from './api';
import { band, percent, scaleOf, unsure } from './words';

const row = (
  rank: number | undefined,
  official: number,
  se?: number,
  more?: Partial<RankingRow>,
): RankingRow => ({
  entryId: String(official),
  reference: '',
  title: '',
  teamName: '',
  reviews: 3,
  criteria: [],
  scores: [],
  tie: 'none',
  rank,
  official,
  mean: official,
  se,
  ...more,
});

test('neighbours count when their difference is within 1.645 standard errors of it', () => {
  // The standard error of a difference of two is 2·√2 ≈ 2.83; times 1.645 ≈ 4.65.
  expect(unsure([row(1, 90, 2), row(2, 85, 2), row(3, 81, 2)], 'raw')).toBe(1);
  expect(unsure([row(1, 90, 2), row(2, 80, 2)], 'raw')).toBe(0);
  expect(unsure([row(1, 90, 2, { calibratedSe: 9 }), row(2, 80, 2, { calibratedSe: 9 })], 'calibrated')).toBe(
    1,
  );
});

test('entries without a rank or a spread are no neighbours', () => {
  expect(unsure([row(1, 90), row(2, 90)], 'raw')).toBe(0);
  expect(unsure([row(1, 90, 2), row(undefined, 89, 2)], 'raw')).toBe(0);
});

test('a chance is put in a word, and never called certain in numbers', () => {
  expect([0.96, 0.8, 0.5, 0.1, 0.01].map(band)).toEqual(['certain', 'likely', 'open', 'unlikely', 'hardly']);
  expect(percent(1, 'en')).toBe('99%');
  expect(percent(0, 'en')).toBe('1%');
  expect(percent(0.704, 'en')).toBe('70%');
});

test('the scale holds every interval in whole tens and stays within 0 to 100', () => {
  expect(scaleOf({ order: 'raw', rows: [row(1, 72, 2), row(2, 55, 3)] })).toEqual({ low: 50, high: 80 });
  expect(scaleOf({ order: 'raw', rows: [row(1, 99, 5), row(2, 2, 5)] })).toEqual({ low: 0, high: 100 });
  expect(scaleOf({ order: 'raw', rows: [] })).toEqual({ low: 0, high: 100 });
});
