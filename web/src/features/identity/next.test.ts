import { expect, test } from 'vitest';
import { wanted } from './next';

function asked(next: string): string | undefined {
  history.replaceState(null, '', `/sign-in?next=${encodeURIComponent(next)}`);
  return wanted();
}

test('somebody who signs in stays on this site', () => {
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil',
    '',
  ]) {
    expect(asked(path), path).toBeUndefined();
  }
  expect(asked('/es/my/entries?tab=1#x')).toBe('/es/my/entries?tab=1#x');
});
