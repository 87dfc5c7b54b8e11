import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Router } from 'wouter-preact';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show } from '~/test/show';
import type { Assignment, Queue } from './api';
import { Cockpit } from './Cockpit';
import { messages } from './messages';

const review = {
  state: 'draft',
  version: 1,
  locked: false,
  scores: [],
  toTeam: 'Clear, and it can be tried within the slot.',
  toJury: '',
  language: 'en',
} as unknown as Assignment['review'];
const assignment = {
  id: 'a1',
  challengeId: 'c1',
  reference: 'FT-1',
  title: 'Plan',
  language: 'en',
  blind: false,
  teamName: 'Gull',
  answers: [],
  files: [],
  review,
} as unknown as Assignment;
const queue = {
  challengeId: 'c1',
  slug: 'c',
  title: { en: 'Challenge' },
  language: 'en',
  timeZone: 'UTC',
  judgingEndsAt: '2031-01-01T00:00:00Z',
  blind: false,
  locked: false,
  criteria: [
    {
      id: 'k1',
      name: { en: 'Impact' },
      description: { en: '' },
      anchors: [],
      weight: 100,
      lowest: 0,
      highest: 5,
    },
  ],
  items: ['a1', 'a2'].map((id) => ({
    assignmentId: id,
    reference: id,
    title: id,
    state: 'draft',
    scores: [],
  })),
} as unknown as Queue;

let sent: string[] = [];
let answer: (response: Response) => void = () => {};

beforeEach(async () => {
  sent = [];
  await loadCatalogue(messages, 'en');
  history.replaceState(null, '', '/jury/a1');
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET') sent.push(`${request.method} ${pathname.replace('/api/v1', '')}`);
    if (pathname.endsWith('/submit')) {
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    }
    return Promise.resolve(json({ ...review, version: 2, scores: [{ criterionId: 'k1', score: 3 }] }));
  });
});
afterEach(() => {
  // What leaves saves first: while the answers are still ours.
  clear();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });
const press = async (key: string, extra: KeyboardEventInit = {}) => {
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...extra }),
  );
  await settle();
};
const chosen = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].find((each) => each.checked)?.value;

test('keys pressed on the way to the next entry do not reach the one just sent', async () => {
  const root = await show(
    <Router>
      <Cockpit desk={{ assignment, person: undefined, adopted: undefined }} queue={queue} />
    </Router>,
  );
  await settle();
  await press('3');
  expect(chosen(root)).toBe('3');
  await press('Enter', { ctrlKey: true });
  await settle();
  // On its way to the server.
  await press('1');
  expect(chosen(root)).toBe('3');
  answer(json({ ...review, state: 'submitted', version: 3, scores: [{ criterionId: 'k1', score: 3 }] }));
  for (let i = 0; i < 5; i++) await settle();
  expect(location.pathname).toBe('/jury/a2');
  // Sent; the next entry is loading.
  await press('1');
  await press('Enter', { ctrlKey: true });
  expect(chosen(root)).toBe('3');
  expect(root.querySelector('.cockpit')?.hasAttribute('inert')).toBe(true);
  expect(sent.filter((each) => each.endsWith('/submit'))).toHaveLength(1);

  history.pushState(null, '', '/jury/a1');
  await settle();
  await press('5');
  expect(chosen(root)).toBe('5');
});
