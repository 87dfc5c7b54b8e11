import { expect, test } from 'vitest';
import type { History } from './api';
import { earlierTexts } from './earlier';

const kept = [
  { value: 'Clean air for all', version: 3, writtenAt: '2026-11-20T10:00:00Z', writtenBy: 'Ken Mori' },
  { value: 'Clean air', version: 1, writtenAt: '2026-11-18T10:00:00Z' },
];

const history = {
  fields: [],
  versions: [
    { number: 0, kind: 'draft', at: '2026-11-22T10:00:00Z', answers: { title: 'Now' } },
    { number: 3, kind: 'on_time', at: '2026-11-21T10:00:00Z', answers: { title: 'Now' }, by: 'Ana' },
    { number: 2, kind: 'on_time', at: '2026-11-19T10:00:00Z', answers: { title: 'Sent once' }, by: 'Ana' },
    { number: 1, kind: 'on_time', at: '2026-11-18T12:00:00Z', answers: { title: 'Clean air' }, by: 'Ana' },
  ],
} as unknown as History;

test('kept and sent texts are one list, newest first', () => {
  const { earlier, nowSent } = earlierTexts(kept, history, 'title', 'Now');
  expect(earlier.map((each) => [each.value, each.by, each.sent])).toEqual([
    ['Clean air for all', 'Ken Mori', []],
    ['Sent once', 'Ana', [2]],
    ['Clean air', undefined, [1]],
  ]);
  expect(nowSent).toEqual([3]);
});

test('a text that is back is not among the earlier ones', () => {
  const { earlier, nowSent } = earlierTexts(kept, history, 'title', 'Clean air');
  expect(earlier.map((each) => each.value)).toEqual(['Now', 'Clean air for all', 'Sent once']);
  expect(nowSent).toEqual([1]);
});
