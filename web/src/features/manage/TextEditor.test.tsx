import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, settle, show, type } from '~/test/show';
import type { ManagedText, TemplateSection } from './api';
import { messages } from './messages';
import { TextEditor } from './TextEditor';

const text: ManagedText = {
  lang: 'es',
  title: 'Título',
  summary: '',
  problem: '',
  context: '',
  success: '',
  resources: '',
  eligibility: '',
  demonstration: '',
  terms: '',
  version: 3,
  stale: false,
};
const sections = (['title', 'terms'] as const).map(
  (key): TemplateSection => ({
    key,
    format: 'line',
    required: true,
    limit: 70,
    label: { en: key },
    hint: {},
    starter: key === 'terms' ? { es: 'Condiciones de partida' } : {},
  }),
);

let version = 3;
let theirs: Partial<ManagedText> = {};
let puts: { match: string | null; title: string }[] = [];

/** A server that keeps one version, as the real one does. */
beforeEach(async () => {
  version = 3;
  theirs = {};
  puts = [];
  await loadCatalogue(messages, 'en');
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') {
      // The challenge, and how far its authors are: nobody has asked for an edit.
      const body = { id: 'c', version: 1, texts: [{ ...text, ...theirs, version }], edits: [], sections: [] };
      return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });
    }
    const match = request.headers.get('If-Match');
    const body = await request.clone().json();
    puts.push({ match, title: body.title });
    if (match !== `"${version}"`) {
      const problem = { code: 'request.stale', status: 412, title: 'stale' };
      return new Response(JSON.stringify(problem), {
        status: 412,
        headers: { 'Content-Type': 'application/problem+json' },
      });
    }
    version++;
    return new Response(JSON.stringify({ ...text, ...body, version }), {
      headers: { 'Content-Type': 'application/json', ETag: `"${version}"` },
    });
  });
});
afterEach(async () => {
  clear();
  await settle();
  vi.unstubAllGlobals();
});

const title = (root: HTMLElement) =>
  root.querySelector<HTMLTextAreaElement>('#f-title') as HTMLTextAreaElement;
const leave = async (control: HTMLElement) => {
  control.dispatchEvent(new Event('blur'));
  await settle();
  await settle();
};
const button = (root: HTMLElement, words: string) =>
  [...root.querySelectorAll('button')].find((each) => each.textContent === words);

test('each save carries the version that the last one made', async () => {
  const root = await show(<TextEditor id="c" text={text} sections={sections} />);
  for (const words of ['Uno', 'Dos']) {
    type(title(root), words);
    await settle();
    await leave(title(root));
  }
  expect(puts).toEqual([
    { match: '"3"', title: 'Uno' },
    { match: '"4"', title: 'Dos' },
  ]);
  expect(root.textContent).toContain('Draft saved');
});

test('another section that somebody else wrote is joined without a question', async () => {
  const root = await show(<TextEditor id="c" text={text} sections={sections} />);
  theirs = { terms: 'Suyo' };
  version = 9; // somebody was faster
  type(title(root), 'Mío');
  await settle();
  await leave(title(root));
  await vi.waitFor(() => expect(puts.at(-1)).toEqual({ match: '"9"', title: 'Mío' }), 5000);
  expect(root.querySelector<HTMLTextAreaElement>('#f-terms')?.value).toBe('Suyo');
  await vi.waitFor(() => expect(root.textContent).toContain('Taken over from the other version'), 5000);
  expect(puts.length).toBe(2);
});

test('the same section is never overwritten unasked, and nothing typed is lost', async () => {
  const root = await show(<TextEditor id="c" text={text} sections={sections} />);
  theirs = { title: 'Suyo' };
  version = 9;
  type(title(root), 'Mío');
  await settle();
  await leave(title(root));
  // The words of a problem are fetched when the first one comes.
  await vi.waitFor(() => expect(root.textContent).toContain('You both changed this'), 5000);
  expect(root.textContent).not.toContain('Draft saved');
  await leave(title(root));
  expect(puts.length).toBe(1); // nothing more is sent before the choice
  expect(title(root).value).toBe('Mío');

  button(root, 'Keep my version')?.click();
  await settle(60);
  expect(puts.at(-1)).toEqual({ match: '"9"', title: 'Mío' });
  expect(root.textContent).not.toContain('You both changed this');
});

test('the other version is taken by whoever wants it', async () => {
  const root = await show(<TextEditor id="c" text={text} sections={sections} />);
  theirs = { title: 'Suyo' };
  version = 9;
  type(title(root), 'Mío');
  await settle();
  await leave(title(root));
  await vi.waitFor(() => expect(button(root, 'Take the other one')).toBeDefined(), 5000);
  button(root, 'Take the other one')?.click();
  await settle(60);
  expect(title(root).value).toBe('Suyo');
  expect(root.textContent).not.toContain('You both changed this');
});

test('an empty section offers the starter text of the template, once', async () => {
  const root = await show(<TextEditor id="c" text={text} sections={sections} />);
  button(root, 'Put in the template’s text')?.click();
  await settle();
  expect(root.querySelector<HTMLTextAreaElement>('#f-terms')?.value).toBe('Condiciones de partida');
  expect(button(root, 'Put in the template’s text')).toBeUndefined();
});
