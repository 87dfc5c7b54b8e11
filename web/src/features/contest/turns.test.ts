import { expect, it } from 'vitest';
import { inTurn } from './turns';

const item = (id: string, city: string, closesAt = '2026-12-15T17:00:00Z') => ({
  id,
  closesAt,
  cities: [{ id: city }, { id: 'guest' }],
});
const ids = (items: { id: string }[]) => items.map((each) => each.id).join('');

it('lets the cities take turns among equal deadlines', () => {
  const all = [item('a', 's'), item('b', 's'), item('c', 's'), item('d', 'f'), item('e', 'y')];
  expect(ids(inTurn(all, 3))).toBe('ade');
  expect(ids(inTurn(all, 5))).toBe('adebc');
});

it('never lets a later deadline pass an earlier one', () => {
  const all = [
    item('a', 's', '1'),
    item('b', 's', '2'),
    item('c', 's', '3'),
    item('d', 'f', '3'),
    item('e', 'y', '4'),
  ];
  expect(ids(inTurn(all, 3))).toBe('abd');
  expect(ids(inTurn(all, 9))).toBe('abdce');
});

it('shows what there is', () => {
  expect(inTurn([], 3)).toEqual([]);
  expect(ids(inTurn([item('a', 's')], 3))).toBe('a');
});
