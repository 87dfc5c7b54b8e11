import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queries } from '~/api/query';
import { session, signedOut } from '~/api/session';
import { loadCatalogue } from '~/i18n/catalogue';
import { settle, show, type } from '~/test/show';
import InvitationPage from './InvitationPage';
import { messages } from './messages';
import { keepWanted, keptWanted, wanted, withNext } from './next';
import RegisterPage from './RegisterPage';
import SignInPage from './SignInPage';

type Sent = { path: string; body: unknown };
let sent: Sent[] = [];

/** Answers every request by its path, and keeps what was sent. */
function answer(answers: Record<string, [number, unknown]>) {
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '');
    sent.push({ path, body: request.body ? await request.clone().json() : undefined });
    const [status, body] = answers[path] ?? [404, { code: 'request.not_found', status: 404 }];
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': type },
    });
  });
}

beforeEach(async () => {
  sent = [];
  await loadCatalogue(messages, 'en');
});
afterEach(() => {
  signedOut();
  queries.clear();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

const submit = async (root: HTMLElement) => {
  root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settle();
  await settle();
};
const input = (root: HTMLElement, name: string) =>
  root.querySelector<HTMLInputElement>(`#f-${name}`) as HTMLInputElement;

test('signing in leads back to paths of this site only', () => {
  for (const [next, expected] of [
    ['/my/entries?x=1#a', '/my/entries?x=1#a'],
    ['//evil.example', undefined],
    ['/\\evil.example', undefined],
    ['https://evil.example', undefined],
    ['javascript:alert(1)', undefined],
  ] as const) {
    history.replaceState(null, '', withNext('/sign-in', next));
    expect(wanted()).toBe(expected);
    keepWanted(next);
    expect(keptWanted()).toBe(expected);
  }
  keepWanted(undefined);
  expect(keptWanted()).toBeUndefined();
});

test('sign-in says what is wrong, keeps the address and forgets the password', async () => {
  answer({ '/auth/sign-in': [401, { code: 'account.credentials', status: 401, title: 'x' }] });
  const root = await show(<SignInPage />);
  await type(input(root, 'email'), 'ana@example.org');
  await type(input(root, 'password'), 'wrong');
  await submit(root);
  // The texts of problems come when the first one does.
  await vi.waitFor(() =>
    expect(root.querySelector('.error-summary')?.textContent).toContain(
      'E-mail address or password is wrong.',
    ),
  );
  expect(Object.values(sessionStorage).join()).toContain('ana@example.org');
  expect(Object.values(sessionStorage).join()).not.toContain('wrong');
});

test('registering sends language and zone, and then says where to look', async () => {
  answer({ '/auth/register': [204, null] });
  const root = await show(<RegisterPage />);
  await type(input(root, 'name'), 'Ana');
  await type(input(root, 'email'), 'ana@example.org');
  await type(input(root, 'password'), 'short');
  await submit(root);
  expect(sent).toEqual([]);
  await type(input(root, 'password'), 'rain over two bays');
  await submit(root);
  expect(sent[0]?.body).toEqual({
    name: 'Ana',
    email: 'ana@example.org',
    password: 'rain over two bays',
    language: 'en',
    timeZone: 'America/New_York',
  });
  await vi.waitFor(() => expect(root.querySelector('h1')?.textContent).toBe('Look in your mailbox'));
  expect(root.textContent).toContain('ana@example.org');
  // Nobody types the password again where the account is new; where it is not, signing in is still to do.
  expect(sent[1]).toMatchObject({
    path: '/auth/sign-in',
    body: { email: 'ana@example.org', password: 'rain over two bays' },
  });
  expect(session.get()).toBe('out');
  expect(root.querySelector('a[href*="/sign-in"]')).not.toBeNull();
});

test('a new account is signed in at once and goes on without its password', async () => {
  answer({ '/auth/register': [204, null], '/auth/sign-in': [200, { accessToken: 'a.b.c' }] });
  history.replaceState(null, '', withNext('/register', '/challenges/air/enter'));
  const root = await show(<RegisterPage />);
  await type(input(root, 'name'), 'Ana');
  await type(input(root, 'email'), 'ana@example.org');
  await type(input(root, 'password'), 'rain over two bays');
  await submit(root);
  await vi.waitFor(() => expect(root.querySelector('h1')?.textContent).toBe('Look in your mailbox'));
  expect(session.get()).toBe('in');
  expect(root.querySelector('.button-primary')?.getAttribute('href')).toBe('/challenges/air/enter');
});

test('opening an invitation only looks; a press accepts it', async () => {
  const invitation = {
    email: 'hanako@example.org',
    name: 'Hanako',
    language: 'ja',
    role: 'juror',
    scope: { kind: 'contest', id: 'c', name: { en: 'Contest' } },
    state: 'open',
    expiresAt: '2026-12-01T00:00:00Z',
    hasAccount: false,
  };
  answer({
    '/invitations/look': [200, invitation],
    '/invitations/accept': [200, { role: 'juror', scope: invitation.scope }],
  });
  history.replaceState(null, '', '/invitation#token');
  const root = await show(<InvitationPage />);
  await settle();
  await settle();
  await vi.waitFor(() => expect(root.textContent).toContain('Juror'));
  expect(sent.map((each) => each.path)).toEqual(['/invitations/look']);
  await type(input(root, 'password'), 'rain over two bays');
  await submit(root);
  expect(sent.at(-1)).toMatchObject({
    path: '/invitations/accept',
    body: { token: 'token', name: 'Hanako' },
  });
  await vi.waitFor(() => expect(root.querySelector('h1')?.textContent).toBe('You have accepted'));
});

test('an invitation that is over says so and offers no button', async () => {
  answer({
    '/invitations/look': [
      200,
      {
        email: 'a@example.org',
        name: '',
        language: 'en',
        role: 'official',
        scope: { kind: 'city', id: 'c', name: { en: 'Fujisawa' } },
        state: 'expired',
        expiresAt: '2026-01-01T00:00:00Z',
        hasAccount: false,
      },
    ],
  });
  history.replaceState(null, '', '/invitation#token');
  const root = await show(<InvitationPage />);
  await settle();
  await settle();
  await vi.waitFor(() => expect(root.querySelector('h1')?.textContent).toBe('This invitation has expired'));
  expect(root.querySelector('button')).toBeNull();
});
