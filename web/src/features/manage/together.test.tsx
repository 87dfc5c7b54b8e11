import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messages as overtaken } from '~/features/overtaken/messages';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show, type } from '~/test/show';
import type { Managed } from './api';
import { messages } from './messages';
import { SettingsForm } from './SettingsForm';
import TermsPage from './TermsPage';

const dates = {
  opensAt: '2027-01-01T08:00:00Z',
  closesAt: '2027-02-01T17:00:00Z',
  judgingEndsAt: '2027-03-01T17:00:00Z',
  resultsAt: '2027-04-01T17:00:00Z',
};
const challenge = {
  id: 'c',
  version: 1,
  slug: 'shade',
  tags: ['heat'],
  testbedIds: ['t1'],
  cities: [{ id: 's', slug: 'santander', name: { en: 'Santander' } }],
  timeZone: 'Europe/Madrid',
  contest: { id: 'k' },
  dates,
  ownDates: {},
  texts: [],
  allowedActions: ['challenge.edit'],
} as unknown as Managed;
const bed = (id: string) => ({ id, name: { en: id }, open: true, cities: [{ id: 's' }], slots: [] });
const beds = ['t1', 't2', 't3'].map(bed) as unknown as Parameters<typeof SettingsForm>[0]['testbeds'];
const sheet = { id: 'c', version: 1, terms: 'startup-keeps', sections: [], edits: [], writers: [] };
const templates = ['startup-keeps', 'shared', 'open'].map((key) => ({
  key,
  name: key,
  summary: key,
  html: key,
}));

/** What the server has, and what it was sent. */
let now: { challenge: Managed; sheet: typeof sheet };
let sent: { match: string | null; body: Record<string, unknown> }[];

const answers = (path: string) => {
  if (path.endsWith('/authoring')) return now.sheet;
  if (path.endsWith('/terms-templates')) return { items: templates };
  if (path.endsWith('/c')) return now.challenge;
  return { items: [] };
};

beforeEach(async () => {
  now = { challenge: structuredClone(challenge), sheet: structuredClone(sheet) };
  sent = [];
  await Promise.all([loadCatalogue(messages, 'en'), loadCatalogue(overtaken, 'en')]);
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const headers = { 'Content-Type': 'application/json' };
    if (request.method === 'GET') return new Response(JSON.stringify(answers(pathname)), { headers });
    const match = request.headers.get('If-Match');
    sent.push({ match, body: await request.clone().json() });
    const version = now.challenge.version;
    if (match !== `"${version}"`) {
      const problem = JSON.stringify({ code: 'request.stale', status: 412, title: 'stale' });
      return new Response(problem, { status: 412, headers: { 'Content-Type': 'application/problem+json' } });
    }
    now.challenge = { ...now.challenge, version: version + 1 };
    now.sheet = { ...now.sheet, version: version + 1 };
    return new Response(JSON.stringify(pathname.endsWith('/terms') ? now.sheet : now.challenge), { headers });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

const at = <E extends HTMLInputElement>(root: HTMLElement, selector: string) =>
  root.querySelector(selector) as E;
const press = async (control: HTMLInputElement, checked = true) => {
  control.checked = checked;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
};
const send = async (root: HTMLElement) => {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  for (let i = 0; i < 8; i++) await settle();
};

test('two officials save testbeds and dates: both are kept, and what clashes is shown', async () => {
  const root = await show(<SettingsForm challenge={challenge} cities={[]} testbeds={beds} />);
  type(at(root, '[name=tags]'), 'heat, shade');
  type(at(root, '[name=slug]'), 'my-shade');
  await settle();
  // Meanwhile: dates of their own, and another address.
  const later = { ...dates, closesAt: '2027-02-08T17:00:00Z' };
  now.challenge = { ...now.challenge, version: 2, slug: 'their-shade', dates: later, ownDates: later };
  await send(root);
  expect(sent).toHaveLength(1);
  expect([at(root, '[name=slug]').value, at(root, '[name=tags]').value]).toEqual(['my-shade', 'heat, shade']);
  expect(at(root, '[name=closesAt]').value).toBe('2027-02-08T18:00');
  expect(root.querySelector('.overtaken')?.textContent).toContain('their-shade');
  await send(root);
  expect(sent[1]).toMatchObject({
    match: '"2"',
    body: { slug: 'my-shade', tags: ['heat', 'shade'], dates: { closesAt: '2027-02-08T17:00:00.000Z' } },
  });
});

test('terms are chosen while another part is saved: sent again over it', async () => {
  const root = await show(<TermsPage params={{ id: 'c' }} />);
  for (let i = 0; i < 6; i++) await settle();
  await press(at(root, 'input[value=open]'));
  now.challenge = { ...now.challenge, version: 5 };
  now.sheet = { ...now.sheet, version: 5 };
  await send(root);
  expect(sent.map((each) => [each.match, each.body.template])).toEqual([
    ['"1"', 'open'],
    ['"5"', 'open'],
  ]);
});

test('two officials choose terms: the second is told, and neither is written over unseen', async () => {
  const root = await show(<TermsPage params={{ id: 'c' }} />);
  for (let i = 0; i < 6; i++) await settle();
  await press(at(root, 'input[value=open]'));
  now.challenge = { ...now.challenge, version: 5 };
  now.sheet = { ...now.sheet, version: 5, terms: 'shared' };
  await send(root);
  expect(sent).toHaveLength(1);
  expect(root.querySelector('.error-summary')).not.toBeNull();
  expect(at(root, 'input[value=open]').checked).toBe(true);
});
