import { expect, test } from 'vitest';
import type { History, Version } from './api';
import { changes } from './changes';

const field = (key: string, kind: string): History['fields'][number] => ({
  id: `id-${key}`,
  key,
  kind,
  label: { en: key },
  options: kind === 'choice' ? [{ key: 'a', label: { en: 'First', ja: '一番目' } }] : [],
  earlier: 0,
});
const fields = [field('title', 'short'), field('stage', 'choice'), field('pitch', 'file')];
const version = (part: Partial<Version>): Version => ({
  number: 1,
  kind: 'on_time',
  at: '2026-11-22T00:00:00Z',
  answers: {},
  files: [],
  testbeds: [],
  ...part,
});
const file = (name: string, sha256: string) => ({ field: 'pitch', name, size: 1, sha256 });

test('only what differs is a change, in the order of the form', () => {
  const before = version({ answers: { title: 'きれいな空気', stage: 'a' }, files: [file('a.pdf', '1')] });
  const after = version({
    answers: { title: 'とてもきれいな空気', stage: 'a' },
    files: [file('a.pdf', '2')],
  });
  expect(changes(fields, before, after, 'ja')).toEqual([
    { kind: 'text', field: fields[0], before: 'きれいな空気', after: 'とてもきれいな空気' },
    { kind: 'files', field: fields[2], gone: [file('a.pdf', '1')], come: [file('a.pdf', '2')], renamed: [] },
  ]);
  expect(changes(fields, before, before, 'ja')).toEqual([]);
});

test('the same contents under another name are neither gone nor come', () => {
  const [only] = changes(
    fields,
    version({ files: [file('a.pdf', '1')] }),
    version({ files: [file('b.pdf', '1')] }),
    'en',
  );
  expect(only).toMatchObject({ kind: 'files', gone: [], come: [], renamed: [{ name: 'b.pdf' }] });
});

test('options are compared by their words, testbeds by their order', () => {
  const after = version({ answers: { stage: 'a' }, testbeds: [{ en: 'Port' }, { ja: '藤沢' }] });
  expect(changes(fields, undefined, after, 'ja')).toEqual([
    { kind: 'text', field: fields[1], before: '', after: '一番目' },
    { kind: 'testbeds', before: '', after: '1. Port\n2. 藤沢' },
  ]);
});
