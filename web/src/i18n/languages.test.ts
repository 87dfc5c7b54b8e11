import { expect, it } from 'vitest';
import { inLanguage, languageOf, withoutPrefix } from './languages';

it.each([
  ['/', 'en', '/'],
  ['/es', 'es', '/'],
  ['/ja/challenges/a', 'ja', '/challenges/a'],
  ['/jazz', 'en', '/jazz'],
  ['/estonia/x', 'en', '/estonia/x'],
])('%s is in %s', (path, language, rest) => {
  expect(languageOf(path)).toBe(language);
  expect(withoutPrefix(path)).toBe(rest);
});

it('keeps the page when the language changes', () => {
  expect(inLanguage('/es/help', 'ja')).toBe('/ja/help');
  expect(inLanguage('/ja/help', 'en')).toBe('/help');
  expect(inLanguage('/', 'es')).toBe('/es');
  expect(inLanguage('/ja', 'en')).toBe('/');
});
