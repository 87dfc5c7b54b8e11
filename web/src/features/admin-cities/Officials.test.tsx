import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queries } from '~/api/query';
import { loadCatalogue } from '~/i18n/catalogue';
import { settle, show } from '~/test/show';
import type { City } from './api';
import { messages } from './messages';
import { Officials } from './Officials';
import { Slots } from './Slots';

const city = { id: 'c1', slug: 'santander', language: 'es' } as City;
const person = (id: string, name: string, scope: string, disabled = false) => ({
  id,
  name,
  email: `${id}@example.org`,
  disabled,
  grants: [{ role: 'official', scope: { kind: 'city', id: scope } }],
});

beforeEach(async () => {
  await loadCatalogue(messages, 'en');
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const second = url.searchParams.get('cursor') === 'more';
    const people = second
      ? { items: [person('luz', 'Luz', 'c1', true)], nextCursor: null }
      : { items: [person('ana', 'Ana', 'c1'), person('ken', 'Ken', 'c2')], nextCursor: 'more' };
    const body = url.pathname.endsWith('/people') ? people : { items: [], nextCursor: null };
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(() => {
  queries.clear();
  vi.unstubAllGlobals();
});

test('lists who the officials of the city are, all pages of them', async () => {
  const root = await show(<Officials city={city} />);
  for (let i = 0; i < 6; i++) await settle();
  const list = [...root.querySelectorAll('ul[aria-label=Officials] li')].map((each) => each.textContent);
  expect(list).toEqual(['Anaana@example.org', 'Luzluz@example.orgAccount closed']);
});

test('the summary of a form names the fields', async () => {
  const bed = { id: 'b1', slots: [] } as unknown as Parameters<typeof Slots>[0]['bed'];
  const root = await show(<Slots city={city} bed={bed} manages />);
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settle();
  const said = [...root.querySelectorAll('.error-list a')].map((each) => each.textContent);
  expect(said).toEqual(['First day: fill in this field.', 'Last day: fill in this field.']);
});
