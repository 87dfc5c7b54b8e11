import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { navigate } from 'wouter-preact/use-browser-location';
import { settle, show } from '~/test/show';
import { App } from './App';
import { prepare } from './use-route';

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 404 }));
  vi.stubGlobal('scrollTo', () => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

async function open(path: string) {
  history.replaceState(null, '', path);
  const first = await prepare(location.pathname);
  document.documentElement.lang = first.language;
  const root = await show(<App first={first} />);
  await settle();
  return root;
}

it('shows a page in the language of its address', async () => {
  const root = await open('/ja/help');
  expect(root.querySelector('h1')?.textContent).toBe('参加の流れ');
  expect(document.title).toBe('参加の流れ – Fieldtrial');
  expect(document.documentElement.lang).toBe('ja');
  expect(root.querySelector('nav a')?.getAttribute('href')).toBe('/ja/challenges');
});

it('sets title and focus when the page changes', async () => {
  const root = await open('/help');
  navigate('/privacy');
  await vi.waitFor(() => expect(document.title).toBe('Privacy – Fieldtrial'), 20_000);
  await settle();
  expect(document.activeElement).toBe(root.querySelector('h1'));
});

it('keeps the page and the focus when the language changes', async () => {
  const root = await open('/help?from=mail');
  const select = root.querySelector<HTMLSelectElement>('#language');
  select?.focus();
  if (select) select.value = 'es';
  select?.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(root.querySelector('h1')?.textContent).toBe('Cómo funciona'), 20_000);
  expect(location.pathname + location.search).toBe('/es/help?from=mail');
  await settle();
  expect(document.documentElement.lang).toBe('es');
  expect(document.activeElement).toBe(select);
});

it('says so when nothing is there', async () => {
  const root = await open('/es/nada');
  expect(root.querySelector('h1')?.textContent).toBe('Página no encontrada');
});

it('leads back to the page that needed an account, also when pressed while the next page is fetched', async () => {
  const root = await open('/my/teams?from=mail');
  const register = () => root.querySelector('main a[href^="/register"]')?.getAttribute('href');
  expect(register()).toBe('/register?next=%2Fmy%2Fteams%3Ffrom%3Dmail');
  navigate('/no/such/page');
  await Promise.resolve();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(register()).toBe('/register?next=%2Fmy%2Fteams%3Ffrom%3Dmail');
});
