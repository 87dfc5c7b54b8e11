import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Router } from 'wouter-preact';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show } from '~/test/show';
import EnterPage from './EnterPage';
import { messages } from './messages';

const team = (id: string, name: string) => ({ id, name, allowedActions: ['entry.create'] });
const answers: Record<string, unknown> = {
  '/challenges/air': {
    slug: 'air',
    title: 'Air',
    lang: 'en',
    phase: 'open',
    entryLanguages: ['en'],
    cities: [],
    dates: { closesAt: '2199-01-05T17:00:00Z' },
  },
  '/teams': { items: [team('t1', 'Gull'), team('t2', 'Heron')], nextCursor: null },
  '/my/entries': {
    items: [{ id: 'e1', challenge: { slug: 'air' }, team: { id: 't1', name: 'Gull' } }],
    nextCursor: null,
  },
};

beforeEach(async () => {
  await loadCatalogue(messages, 'en');
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '');
    return new Response(JSON.stringify(answers[path]), { headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

test('a team that has entered is not offered again', async () => {
  const root = await show(
    <Router>
      <EnterPage params={{ slug: 'air' }} />
    </Router>,
  );
  for (let i = 0; i < 8; i++) await settle();
  const teams = [...root.querySelectorAll('input[name=team]')].map((each) => each.getAttribute('value'));
  expect(teams).toEqual(['t2', 'new']);
  expect(root.querySelector<HTMLInputElement>('input[value=t2]')?.checked).toBe(true);
  expect(root.textContent).toContain('Gull has an entry to this challenge');
});
