import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show } from '~/test/show';
import type { Entry } from './api';
import { EntrySteps } from './EntrySteps';
import { messages } from './messages';

const entry = {
  id: 'e1',
  status: 'results',
  challenge: {
    dates: {
      closes: '2026-01-05T17:00:00Z',
      judgingEnds: '2199-01-12T17:00:00Z',
      results: '2199-01-20T17:00:00Z',
      timeZone: 'UTC',
    },
  },
  lastSubmission: { number: 1, submittedAt: '2026-01-04T10:00:00Z' },
};

beforeEach(async () => {
  await loadCatalogue(messages, 'en');
  vi.stubGlobal('fetch', async () => {
    const body = JSON.stringify({ releasedAt: '2026-01-08T09:00:00Z' });
    return new Response(body, { headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

test('after the release, the steps say what happened and not what was planned', async () => {
  const root = await show(<EntrySteps entry={entry as unknown as Entry} />);
  for (let i = 0; i < 6; i++) await settle();
  const steps = [...root.querySelectorAll('.timeline > li')];
  expect(steps.map((each) => each.className)).toEqual(['done', 'done', 'done', 'done']);
  expect(root.querySelector('.timeline')?.textContent).not.toContain('2199');
  // One zone for the whole way, wherever the reader is.
  expect(steps[0]?.textContent).toContain('4 Jan 2026, 10:00');
  expect(steps.at(-1)?.textContent).toContain('8 Jan 2026, 09:00');
});
