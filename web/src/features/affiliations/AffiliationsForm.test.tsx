import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messages as overtaken } from '~/features/overtaken/messages';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show, type } from '~/test/show';
import { AffiliationsForm } from './AffiliationsForm';
import { messages } from './messages';

let server: { organisations: string[]; version: number };
let sent: { match: string | null; organisations: string[] }[];

/** A server that keeps one list, as the real one does. */
beforeEach(async () => {
  server = { organisations: ['Faro'], version: 1 };
  sent = [];
  await Promise.all([loadCatalogue(messages, 'en'), loadCatalogue(overtaken, 'en')]);
  vi.stubGlobal('fetch', async (request: Request) => {
    const match = request.headers.get('If-Match');
    if (request.method === 'PUT') {
      const { organisations } = await request.clone().json();
      sent.push({ match, organisations });
      if (match !== `"${server.version}"`) {
        const problem = JSON.stringify({ code: 'request.stale', status: 412, title: 'stale' });
        const headers = { 'Content-Type': 'application/problem+json' };
        return new Response(problem, { status: 412, headers });
      }
      server = { organisations, version: server.version + 1 };
    }
    const headers = { 'Content-Type': 'application/json', ETag: `"${server.version}"` };
    return new Response(JSON.stringify({ organisations: server.organisations }), { headers });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

const box = (root: HTMLElement) => root.querySelector('textarea') as HTMLTextAreaElement;
const press = async (root: HTMLElement) => {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  for (let i = 0; i < 8; i++) await settle();
};
const first = { data: { organisations: ['Faro'] }, etag: '"1"' };

test('two windows do not write over each other unseen: what was typed stays, and the other list is offered', async () => {
  const root = await show(<AffiliationsForm challenge="c" stated={first} />);
  type(box(root), 'Faro\nMine');
  await settle();
  server = { organisations: ['Faro', 'Theirs'], version: 2 };
  await press(root);
  expect(server.organisations).toEqual(['Faro', 'Theirs']);
  expect(box(root).value).toBe('Faro\nMine');
  await vi.waitFor(() => expect(root.querySelector('.overtaken')?.textContent).toContain('Faro · Theirs'));
  await press(root); // looked at, and meant
  expect(sent[1]).toEqual({ match: '"2"', organisations: ['Faro', 'Mine'] });
});

test('more than ten are not sent', async () => {
  const root = await show(<AffiliationsForm challenge="d" stated={first} />);
  type(box(root), 'abcdefghijk'.split('').join('\n'));
  await settle();
  await press(root);
  expect(sent).toEqual([]);
  expect(root.querySelector('.error-summary')?.textContent).toContain('At most 10');
});
