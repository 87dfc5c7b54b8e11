import { expect, test } from 'vitest';
import { merge, put } from './merge';

const base = {
  title: 'Heat',
  fields: [
    { key: 'a', label: { en: 'A' }, hint: {}, accept: ['pdf'] },
    { key: 'b', label: { en: 'B' }, hint: {}, accept: [] as string[] },
    { key: 'c', label: { en: 'C' }, hint: {}, accept: [] as string[] },
  ],
};
type Form = typeof base;
const edit = (change: (form: Form) => void): Form => {
  const form = structuredClone(base);
  change(form);
  return form;
};
const row = (form: Form, at: number) => form.fields[at] as Form['fields'][number];

test('what does not touch each other is joined without a question', () => {
  const mine = edit((form) => {
    row(form, 0).label.en = 'A, mine';
  });
  const theirs = edit((form) => {
    row(form, 0).accept = ['pdf', 'video'];
    row(form, 1).label.en = 'B, theirs';
    form.title = 'Heat islands';
  });
  const { value, taken, clashes } = merge(base, mine, theirs);
  expect(clashes).toEqual([]);
  expect(taken.map((each) => each.path.join('.'))).toEqual(['title', 'fields.a.accept', 'fields.b.label.en']);
  expect(value).toEqual(
    edit((form) => {
      form.title = 'Heat islands';
      row(form, 0).label.en = 'A, mine';
      row(form, 0).accept = ['pdf', 'video'];
      row(form, 1).label.en = 'B, theirs';
    }),
  );
});

test('where both changed the same, what was typed here stays and theirs is at hand', () => {
  const mine = edit((form) => {
    row(form, 1).label.en = 'mine';
  });
  const theirs = edit((form) => {
    row(form, 1).label.en = 'theirs';
  });
  const { value, taken, clashes } = merge(base, mine, theirs);
  expect(row(value, 1).label.en).toBe('mine');
  expect(taken).toEqual([]);
  expect(clashes).toEqual([{ path: ['fields', 'b', 'label', 'en'], base: 'B', theirs: 'theirs' }]);
  expect(put(value, clashes[0]?.path ?? [], clashes[0]?.theirs)).toEqual(theirs);
});

test('rows that were added stay where they were put, by whomever', () => {
  const extra = (key: string) => ({ key, label: { en: key }, hint: {}, accept: [] as string[] });
  const mine = edit((form) => form.fields.splice(1, 0, extra('mine')));
  const theirs = edit((form) => form.fields.push(extra('theirs')));
  expect(merge(base, mine, theirs).value.fields.map((each) => each.key)).toEqual([
    'a',
    'mine',
    'b',
    'c',
    'theirs',
  ]);
  const moved = edit((form) => form.fields.reverse());
  expect(merge(base, moved, theirs).value.fields.map((each) => each.key)).toEqual(['c', 'theirs', 'b', 'a']);
});

test('what one took away and the other changed stays, as a clash', () => {
  const gone = edit((form) => form.fields.splice(1, 1));
  const changed = edit((form) => {
    row(form, 1).label.en = 'still wanted';
  });
  for (const [mine, theirs] of [
    [gone, changed],
    [changed, gone],
  ] as const) {
    const { value, clashes } = merge(base, mine, theirs);
    expect(value.fields.map((each) => each.label.en)).toEqual(['A', 'still wanted', 'C']);
    expect(clashes.map((each) => each.path)).toEqual([['fields', 'b']]);
  }
  expect(merge(base, base, gone).value.fields.map((each) => each.key)).toEqual(['a', 'c']);
  expect(merge(base, gone, base).value.fields.map((each) => each.key)).toEqual(['a', 'c']);
});

test('an empty text says the same as none, a zero and a no do not', () => {
  expect(
    merge({ a: {}, n: 1, b: true }, { a: { en: '' }, n: 1, b: true }, { a: {}, n: 0, b: false }),
  ).toEqual({
    value: { a: { en: '' }, n: 0, b: false },
    taken: [
      { path: ['n'], base: 1, theirs: 0 },
      { path: ['b'], base: true, theirs: false },
    ],
    clashes: [],
  });
});
