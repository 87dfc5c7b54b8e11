import { expect, test } from 'vitest';
import { amount } from './amount';

const unit = {
  en: { one: 'view', other: 'views' },
  es: { one: 'visualización', many: 'de visualizaciones', other: 'visualizaciones' },
  ja: { other: '回' },
};

test('a figure takes the plural form of its language', () => {
  expect(amount({ unit }, 1, 'en')).toBe('1 view');
  expect(amount({ unit }, 3120, 'en')).toBe('3,120 views');
  expect(amount({ unit }, 1_000_000, 'es')).toBe('1.000.000 de visualizaciones');
  expect(amount({ unit }, 3120, 'ja')).toBe('3,120回');
  expect(amount({ unit: {} }, 5, 'en')).toBe('5');
});
