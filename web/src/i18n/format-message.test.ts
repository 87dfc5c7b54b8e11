import { expect, it } from 'vitest';
import { formatMessage, number } from './format-message';

const days = {
  en: '{n, plural, =0 {today} one {# day} other {# days}}',
  es: '{n, plural, one {# día} many {# de días} other {# días}}',
  ja: '{n, plural, other {#日}}',
};

it.each([
  ['en', 0, 'today'],
  ['en', 1, '1 day'],
  ['en', 1234, '1,234 days'],
  ['es', 1, '1 día'],
  ['es', 2, '2 días'],
  ['es', 1_000_000, '1.000.000 de días'],
  ['ja', 1, '1日'],
] as const)('plural in %s of %d', (language, n, text) => {
  expect(formatMessage(days[language], { n }, language)).toBe(text);
});

it('selects, nests and keeps unknown parameters visible', () => {
  const message =
    '{kind, select, own {{name}, {n, plural, one {# file} other {# files}}} other {nothing of {who}}}';
  expect(formatMessage(message, { kind: 'own', name: 'Ana', n: 2 }, 'en')).toBe('Ana, 2 files');
  expect(formatMessage(message, { kind: 'x' }, 'en')).toBe('nothing of {who}');
});

it('never reads a parameter as a message', () => {
  expect(formatMessage('Hello {name}', { name: '{n, plural, other {#}}' }, 'en')).toBe(
    'Hello {n, plural, other {#}}',
  );
});

it('writes numbers as the language does', () => {
  expect([number(1234.5, 'en'), number(1234.5, 'es'), number(1234.5, 'ja')]).toEqual([
    '1,234.5',
    '1.234,5',
    '1,234.5',
  ]);
});
