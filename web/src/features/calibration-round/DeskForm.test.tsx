import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messages as jury } from '~/features/jury/messages';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show } from '~/test/show';
import type { Desk, Opened } from './api';
import DeskForm from './DeskForm';
import { messages } from './messages';

const criterion = {
  id: 'k1',
  name: { en: 'Impact' },
  description: {},
  anchors: [],
  weight: 100,
  lowest: 0,
  highest: 5,
};
const item = (entryId: string, scores: unknown[]) => ({
  entry: { entryId, reference: entryId, title: `Plan ${entryId}`, teamName: '' },
  sheet: { version: scores.length, scores, toTeam: '', language: 'en' },
  fresh: true,
});
const opened = (counts: boolean): Opened => ({
  person: undefined,
  adopted: {},
  desk: {
    challengeId: 'c1',
    language: 'en',
    state: 'open',
    counts,
    criteria: [criterion],
    items: [item('e1', [{ criterionId: 'k1', score: 3 }]), item('e2', [])],
  } as unknown as Desk,
});

let sent: { what: string; body: unknown }[] = [];

beforeEach(async () => {
  sent = [];
  HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
    this.open = true;
  };
  await Promise.all([loadCatalogue(messages, 'en'), loadCatalogue(jury, 'en')]);
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text();
    sent.push({
      what: `${request.method} ${new URL(request.url).pathname.split('/calibration')[1]}`,
      body: JSON.parse(text),
    });
    return request.method === 'PUT'
      ? new Response(JSON.stringify({ version: 7 }), { headers: { 'Content-Type': 'application/json' } })
      : new Response(null, { status: 204 });
  });
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

const submit = (root: HTMLElement) =>
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
const choose = (root: HTMLElement, score: number) =>
  root
    .querySelector<HTMLInputElement>(`input[value="${score}"]`)
    ?.dispatchEvent(new Event('change', { bubbles: true }));

test('handing in leads to the entry that lacks scores, then sends both as they are saved', async () => {
  const root = await show(<DeskForm opened={opened(false)} />);
  submit(root);
  await settle();
  expect(root.querySelector('#calibration-entry')?.textContent).toBe('Plan e2');
  expect(root.querySelector('.error-summary, [role=alert]')?.textContent).toContain('Impact');
  choose(root, 5);
  await settle();
  submit(root);
  await settle();
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('dialog[open] button')];
  buttons.find((each) => each.textContent === 'Hand in your scores')?.click();
  await settle();
  expect(sent).toEqual([
    {
      what: 'PUT /entries/e2',
      body: { scores: [{ criterionId: 'k1', score: 5 }], toTeam: '', language: 'en' },
    },
    {
      what: 'POST /hand-in',
      body: {
        sheets: [
          { entryId: 'e1', version: 1 },
          { entryId: 'e2', version: 7 },
        ],
      },
    },
  ]);
});

test('a comment to the team is asked for where the scores count', async () => {
  const root = await show(<DeskForm opened={opened(true)} />);
  submit(root);
  await settle();
  expect(root.querySelector('#calibration-entry')?.textContent).toBe('Plan e1');
  expect(root.querySelector('.error-summary, [role=alert]')?.textContent).toContain('20 characters');
});
