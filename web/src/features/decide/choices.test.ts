import { expect, test } from 'vitest';
import { type Choices, draftOf, nextPlace, renamed } from './choices';

const none = { outcome: '', place: '', slot: '', prize: '', reason: '', feedback: '' } as const;
const choices: Choices = {
  a: { ...none, outcome: 'winner', place: '1', slot: 's', prize: 'p' },
  b: { ...none },
  c: { ...none, outcome: 'reserve', place: '2', slot: 's' },
};

test('entries without an outcome are left out, and only winners carry slot and prize', () => {
  const { draft, order } = draftOf(choices, 'ja');
  expect(order).toEqual(['a', 'c']);
  expect(draft.choices[0]).toMatchObject({ entryId: 'a', place: 1, slotId: 's', prizeId: 'p' });
  expect(draft.choices[1]).toMatchObject({ entryId: 'c', place: 2, slotId: undefined });
});

test('the next place is free among the same outcome', () => {
  expect(nextPlace(choices, 'winner')).toBe('2');
  expect(nextPlace(choices, 'reserve')).toBe('3');
});

test("the server's pointers lead to the fields of the page", () => {
  expect(renamed({ 'choices.1.place': 'x', 'entries.b.slotId': 'y', language: 'z' }, ['a', 'c'])).toEqual({
    'c-place': 'x',
    'b-slot': 'y',
    language: 'z',
  });
});
