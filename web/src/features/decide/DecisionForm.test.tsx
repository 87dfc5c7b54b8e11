import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messages as overtaken } from '~/features/overtaken/messages';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show, type } from '~/test/show';
import type { Decision } from './api';
import { DecisionForm } from './DecisionForm';
import { messages } from './messages';

const row = (entryId: string, reference: string) => ({
  entryId,
  reference,
  teamName: 'Team',
  title: 'Plan',
  reviews: 0,
  reason: '',
  feedback: '',
  outcome: 'not_selected',
  reasonNeeded: false,
  testbeds: [],
});
const decision = {
  challengeId: 'c',
  version: 1,
  language: 'en',
  order: 'raw',
  rows: [row('a', 'FT-1'), row('b', 'FT-2')],
  slots: [],
  prizes: [],
} as unknown as Decision;

let server: Decision;
let puts: {
  match: string | null;
  body: { choices: { entryId: string; reason: string; feedback: string }[] };
}[];

/** A server that keeps one decision, as the real one does. */
beforeEach(async () => {
  server = structuredClone(decision);
  puts = [];
  await Promise.all([loadCatalogue(messages, 'en'), loadCatalogue(overtaken, 'en')]);
  vi.stubGlobal('fetch', async (request: Request) => {
    const headers = { 'Content-Type': 'application/json' };
    if (request.method === 'GET') return new Response(JSON.stringify(server), { headers });
    const match = request.headers.get('If-Match');
    puts.push({ match, body: await request.clone().json() });
    if (match !== `"${server.version}"`) {
      const problem = JSON.stringify({ code: 'request.stale', status: 412, title: 'stale' });
      return new Response(problem, { status: 412, headers: { 'Content-Type': 'application/problem+json' } });
    }
    server.version++;
    return new Response(JSON.stringify(server), { headers });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

const box = (root: HTMLElement, name: string) =>
  root.querySelector<HTMLTextAreaElement>(`[name="${name}"]`) as HTMLTextAreaElement;
const send = async (root: HTMLElement) => {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  for (let i = 0; i < 8; i++) await settle();
};

test('a colleague decides meanwhile: nothing typed is lost, nothing is written over', async () => {
  const root = await show(<DecisionForm decision={decision} />);
  type(box(root, 'a-reason'), 'mine');
  type(box(root, 'a-feedback'), 'my words');
  await settle();
  const theirs = server.rows.map((each) => ({ ...each }));
  Object.assign(theirs[0] as object, { reason: 'theirs' });
  Object.assign(theirs[1] as object, { feedback: 'their words' });
  server = { ...server, rows: theirs, version: 2 };
  await send(root);
  expect(puts).toHaveLength(1); // refused, and not sent again unseen
  expect([box(root, 'a-reason').value, box(root, 'a-feedback').value]).toEqual(['mine', 'my words']);
  expect(box(root, 'b-feedback').value).toBe('their words');
  expect(root.querySelector('.overtaken')?.textContent).toContain('theirs');
  await send(root); // looked at, and meant
  expect(puts[1]?.match).toBe('"2"');
  expect(puts[1]?.body.choices).toMatchObject([
    { reason: 'mine', feedback: 'my words' },
    { feedback: 'their words' },
  ]);
});

test('what was typed and not saved is there again', async () => {
  type(box(await show(<DecisionForm decision={decision} />), 'a-reason'), 'mine');
  await settle();
  clear();
  expect(box(await show(<DecisionForm decision={decision} />), 'a-reason').value).toBe('mine');
});
