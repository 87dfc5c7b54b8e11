import { expect, test } from 'vitest';
import type { Criterion } from './api';
import { oneDecimal, scoresOf, sheetOf, totalOf } from './total';

const criterion = (id: string, weight: number, lowest = 0, highest = 5): Criterion => ({
  id,
  key: id,
  weight,
  lowest,
  highest,
  name: {},
  description: {},
  anchors: [],
});
const rubric = [criterion('a', 50), criterion('b', 30), criterion('c', 20, 1, 11)];

test('the total weighs each score by its own scale, as the server does', () => {
  expect(totalOf(rubric, { a: 4, b: 3, c: 6 })).toBeCloseTo(68);
  expect(totalOf(rubric, { a: 0, b: 0, c: 1 })).toBe(0);
  expect(totalOf(rubric, { a: 5, b: 5, c: 11 })).toBe(100);
});

test('a missing criterion is no total, and a 0 is not missing', () => {
  expect(totalOf(rubric, { a: 4, b: 3 })).toBeUndefined();
  expect(totalOf(rubric.slice(0, 2), { a: 0, b: 0 })).toBe(0);
});

test('scores go to the API and come back; what does not apply has no number', () => {
  const scores = scoresOf({ a: 0, b: 'skip', c: 6 });
  expect(scores).toEqual([
    { criterionId: 'a', score: 0 },
    { criterionId: 'b' },
    { criterionId: 'c', score: 6 },
  ]);
  expect(sheetOf(scores)).toEqual({ a: 0, b: 'skip', c: 6 });
});

test('what does not apply gives its weight to the others, and alone makes no total', () => {
  expect(totalOf(rubric, { a: 5, b: 'skip', c: 11 })).toBe(100);
  expect(totalOf(rubric.slice(0, 2), { a: 'skip', b: 'skip' })).toBeUndefined();
});

test('one decimal in each language', () => {
  expect(oneDecimal(72, 'en')).toBe('72.0');
  expect(oneDecimal(72.46, 'es')).toBe('72,5');
});
