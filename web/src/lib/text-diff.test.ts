import { expect, it } from 'vitest';
import { diff } from './text-diff';

const join = (list: ReturnType<typeof diff>, kind: string) =>
  list
    .filter((each) => each.kind === 'same' || each.kind === kind)
    .map((each) => each.text)
    .join('');

it.each([
  ['', 'one', 'en'],
  ['one', '', 'en'],
  ['the old bus stop', 'the new tram stop', 'en'],
  ['毎朝、駅前で人が迷います。', '毎朝、駅前で200人が迷います。', 'ja'],
  ['a b c a b b a', 'c b a b a c', 'en'],
  ['línea uno\n\nlínea dos', 'línea uno\n\nlínea tres 😀', 'es'],
])('%j → %j gives both back', (before, after, lang) => {
  const found = diff(before, after, lang);
  expect(join(found, 'gone')).toBe(before);
  expect(join(found, 'come')).toBe(after);
});

it('marks only the words that changed', () => {
  expect(diff('the old bus', 'the new bus', 'en')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'gone', text: 'old' },
    { kind: 'come', text: 'new' },
    { kind: 'same', text: ' bus' },
  ]);
  expect(diff('same', 'same', 'en')).toEqual([{ kind: 'same', text: 'same' }]);
});

it('gives up on word by word where texts are long and different', () => {
  const one = Array.from({ length: 3000 }, (_, n) => `a${n}`).join(' ');
  const two = Array.from({ length: 3000 }, (_, n) => `b${n}`).join(' ');
  expect(diff(one, two, 'en').map((each) => each.kind)).toEqual(['gone', 'come']);
});
