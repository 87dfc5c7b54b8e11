import { expect, it } from 'vitest';
import { stretch } from './pseudo';

it('grows by at least 40 % and marks both ends', () => {
  const text = stretch('Create an account');
  expect(text.length).toBeGreaterThanOrEqual('Create an account'.length * 1.4);
  expect(text).toMatch(/^\[.*\]$/);
});
