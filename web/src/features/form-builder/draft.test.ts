import { expect, test } from 'vitest';
import {
  addField,
  addSection,
  changeField,
  choicesBefore,
  type Draft,
  duplicateField,
  moveField,
  moveSection,
  partsOf,
  removeField,
  removeSection,
} from './draft';

function example(): Draft {
  let draft: Draft = { sections: [], fields: [] };
  for (const key of ['one', 'two']) draft.sections.push({ key, label: {} });
  for (const [key, section] of Object.entries({ a: 'one', b: 'one', c: 'two' }))
    [draft] = addField(draft, section, { key, kind: key === 'a' ? 'choice' : 'short' });
  return changeField(draft, 'c', { shownIf: { field: 'a', equals: 'x' } });
}
const order = (draft: Draft | false) =>
  draft ? draft.fields.map((each) => `${each.section}/${each.key}`).join(' ') : undefined;

test('a question moves within its section, over its edge, and no further than the form', () => {
  const draft = example();
  expect(order(moveField(draft, 'b', -1))).toBe('one/b one/a two/c');
  expect(order(moveField(draft, 'b', 1))).toBe('one/a two/b two/c');
  expect(order(moveField(draft, 'c', -1))).toBe('one/a one/b one/c');
  expect(moveField(draft, 'a', -1)).toBe(false);
  expect(moveField(draft, 'c', 1)).toBe(false);
});

test('sections take their questions along', () => {
  expect(order(moveSection(example(), 'two', -1))).toBe('two/c one/a one/b');
  expect(moveSection(example(), 'one', -1)).toBe(false);
  const [more, key] = addSection(example());
  expect(order(moveField(more, 'c', 1))).toBe(`one/a one/b ${key}/c`);
});

test('what depended on a removed question is always asked', () => {
  expect(removeField(example(), 'a').fields.at(-1)?.shownIf).toBeUndefined();
  const without = removeSection(example(), 'one');
  expect(order(without)).toBe('two/c');
  expect(without.fields[0]?.shownIf).toBeUndefined();
});

test('a copy has a key of its own and stands behind the original', () => {
  const [draft, key] = duplicateField(example(), 'a');
  expect(order(draft)).toBe(`one/a one/${key} one/b two/c`);
  expect(key).not.toBe('a');
});

test('only choices that come before can be depended on', () => {
  expect(choicesBefore(example(), 'c').map((each) => each.key)).toEqual(['a']);
  expect(choicesBefore(example(), 'a')).toEqual([]);
});

test('a new question of any kind has what its kind needs', () => {
  expect(partsOf('choices').options).toHaveLength(2);
  expect(partsOf('file')).toEqual({ accept: ['pdf'], maxBytes: 20 * 1024 * 1024 });
  expect(partsOf('date')).toEqual({});
});
