import { expect, test } from 'vitest';
import type { RankingRow } from './api';
import { unsure } from './unsure';

const row = (rank: number | undefined, mean: number, se?: number): RankingRow => ({
  entryId: String(mean),
  reference: '',
  title: '',
  teamName: '',
  reviews: 3,
  criteria: [],
  tie: 'none',
  rank,
  mean,
  se,
});

test('neighbours count when their difference is within 1.645 standard errors of it', () => {
  // The standard error of a difference of two is 2·√2 ≈ 2.83; times 1.645 ≈ 4.65.
  expect(unsure([row(1, 90, 2), row(2, 85, 2), row(3, 81, 2)])).toBe(1);
  expect(unsure([row(1, 90, 2), row(2, 80, 2)])).toBe(0);
});

test('entries without a rank or a spread are no neighbours', () => {
  expect(unsure([row(1, 90), row(2, 90)])).toBe(0);
  expect(unsure([row(1, 90, 2), row(undefined, 89, 2)])).toBe(0);
});
