import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Router } from 'wouter-preact';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show } from '~/test/show';
import AddCityPage from './AddCityPage';
import { messages } from './messages';

beforeEach(async () => {
  await loadCatalogue(messages, 'en');
  const headers = { 'Content-Type': 'application/json' };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ items: [] }), { headers }));
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

test('the faults of another city are named, in the order of the page', async () => {
  const root = await show(
    <Router>
      <AddCityPage />
    </Router>,
  );
  for (let i = 0; i < 4; i++) await settle();
  const send = async () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
    return [...root.querySelectorAll('.error-list a')].map((each) => each.textContent);
  };
  expect(await send()).toEqual(['Choose a city.']);
  const city = root.querySelector('select') as HTMLSelectElement;
  city.value = 'other';
  city.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
  expect(await send()).toEqual([
    'Enter the name of the city in at least one language.',
    'Country: fill in this field.',
  ]);
});
