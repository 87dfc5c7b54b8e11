import { expect, it } from 'vitest';
import { evenly } from './CriteriaPage';

it.each([1, 2, 3, 6, 7, 12])('%i weights add up to 100 and differ by one at most', (n) => {
  const weights = evenly(Array.from({ length: n }, () => ({ weight: 3 }))).map((row) => row.weight);
  expect(weights.reduce((a, b) => a + b)).toBe(100);
  expect(Math.max(...weights) - Math.min(...weights)).toBeLessThanOrEqual(1);
});
