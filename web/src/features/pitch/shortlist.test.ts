import { expect, test } from 'vitest';
import { after, departing, filled } from './shortlist';

const rows = [1, 2, 3, 3, 5].map((rank, at) => ({ entryId: 'abcde'[at] ?? '', rank }));
const of = (chosen: string) => [...departing(rows, (row) => chosen.includes(row.entryId))].join('');

test('who moves against the order of rank needs a reason', () => {
  expect(of('ab')).toBe('');
  expect(of('ac')).toBe('bc');
  expect(of('abd')).toBe(''); // shares its rank with the one that is left out
  expect(of('abe')).toBe('cde');
  expect(of('')).toBe('');
});

test('the next pitch begins later', () => {
  expect(after('2026-12-31T23:50', 20)).toBe('2027-01-01T00:10');
  expect(after('', 20)).toBe('');
});

test('what is typed stays, what is missing follows', () => {
  const invited = [{ entryId: 'a' }, { entryId: 'b' }, { entryId: 'c' }];
  const values = {
    'at.a': '2026-12-15T18:00',
    'place.a': 'Hall',
    'at.b': '',
    'at.c': '2026-12-16T09:00',
    'place.c': '',
  };
  expect(filled(invited, values)).toEqual({
    'at.b': '2026-12-15T18:20',
    'place.b': 'Hall',
    'place.c': 'Hall',
  });
  expect(filled(invited, {})).toEqual({});
});
