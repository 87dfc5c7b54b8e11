import { expect, test } from 'vitest';
import { bytes } from '~/features/question/bytes';
import { extensionsOf, refusal, typeOf } from '~/features/question/files';
import type { EntryField } from './api';
import { lacks } from './words';

const field = (part: Partial<EntryField>): EntryField => ({
  id: '1',
  key: 'pitch',
  section: 'files',
  kind: 'file',
  required: true,
  accept: ['pdf'],
  label: { en: 'Pitch', ja: '提案資料' },
  hint: {},
  options: [],
  unit: {},
  frozen: false,
  ...part,
});

test('sizes are said as the limits are set', () => {
  expect(bytes(20 * 1024 * 1024, 'en')).toBe('20 MB');
  expect(bytes(2 ** 31, 'en')).toBe('2 GB');
  expect(bytes(1500, 'en')).toBe('1.5 kB');
});

test('files are known by their name, in any case', () => {
  expect(typeOf({ name: 'A.b.PDF' })).toBe('application/pdf');
  expect(extensionsOf(field({ accept: ['video'] })).join()).toBe('.mp4,.webm');
  const f = field({ maxBytes: 100 });
  expect(refusal(f, { name: 'a.exe', size: 1 })).toBe('file.wrongType');
  expect(refusal(f, { name: 'a.png', size: 1 })).toBe('file.wrongType');
  expect(refusal(f, { name: 'a.pdf', size: 101 })).toBe('file.tooLarge');
  expect(refusal(f, { name: 'a.pdf', size: 0 })).toBe('file.isEmpty');
  expect(refusal(f, { name: 'a.pdf', size: 100 })).toBeUndefined();
});

test('what is missing is said with the field and in the order of the form', () => {
  const fields = [field({ key: 'title', kind: 'short', maxChars: 5, label: { en: 'Title' } }), field({})];
  const missing = [
    { pointer: '/fields/pitch', code: 'required' },
    { pointer: '/fields/title', code: 'too_long' },
  ];
  const t = ((key: string, params?: Record<string, unknown>) =>
    key === 'lack.in' ? `${params?.field}/${params?.what}` : key) as never;
  expect(Object.entries(lacks({ missing, fields }, 'ja', t, t))).toEqual([
    ['fields.title', 'Title/lack.too_long'],
    ['fields.pitch', '提案資料/lack.file'],
  ]);
});
