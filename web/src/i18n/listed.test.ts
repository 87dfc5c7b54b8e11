import { expect, it } from 'vitest';
import { listed } from './listed';

it('joins parts with the comma of the language', () => {
  expect(listed(['Santander', 'Spain'], 'en')).toBe('Santander, Spain');
  expect(listed(['サンタンデール市', '', undefined, 'スペイン'], 'ja')).toBe('サンタンデール市、スペイン');
});
