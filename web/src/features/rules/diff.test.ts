import { expect, it } from 'vitest';
import { shortened, wordDiff } from './diff';

it('compares Spanish word by word', () => {
  expect(wordDiff('Las condiciones de uso.', 'Las nuevas condiciones de cesión.', 'es')).toEqual([
    { kind: 'same', text: 'Las ' },
    { kind: 'new', text: 'nuevas ' },
    { kind: 'same', text: 'condiciones de ' },
    { kind: 'gone', text: 'uso' },
    { kind: 'new', text: 'cesión' },
    { kind: 'same', text: '.' },
  ]);
});

it('compares Japanese, which has no spaces, by its words and not as one', () => {
  const runs = wordDiff('締切は三月一日です。', '締切は四月一日です。', 'ja');
  const text = (kind: string) => runs.filter((run) => run.kind === kind).map((run) => run.text);
  expect(text('same').join('')).toContain('締切は');
  expect(text('same').join('')).toContain('一日です。');
  expect(text('gone').join('')).toMatch(/三/);
  expect(text('gone').join('').length).toBeLessThan(4);
  expect(text('new').join('')).toMatch(/四/);
});

it('gives both versions back whole', () => {
  const [before, after] = ['a 😀 b\n\nc  d', 'a 😀 x\n\nc d y'];
  const runs = wordDiff(before, after, 'en');
  const side = (other: string) =>
    runs
      .filter((run) => run.kind !== other)
      .map((run) => run.text)
      .join('');
  expect(side('new')).toBe(before);
  expect(side('gone')).toBe(after);
});

it('reads neighbouring words as one change', () => {
  expect(wordDiff('one two three', 'four five six', 'en')).toEqual([
    { kind: 'gone', text: 'one two three' },
    { kind: 'new', text: 'four five six' },
  ]);
});

it('leaves out the middle of what stayed', () => {
  const same = 'word '.repeat(100);
  const [, middle] = shortened(wordDiff(`a ${same}b`, `x ${same}y`, 'en')).filter(
    (run) => run.kind !== 'gone',
  );
  expect(middle?.text).toContain('[…]');
  expect(middle?.text.length).toBeLessThan(200);
  expect(middle?.text).toMatch(/^( word)+ \[…\]( word)+ ?$/);
  expect(shortened([{ kind: 'same', text: 'short' }])).toEqual([{ kind: 'same', text: 'short' }]);
});
