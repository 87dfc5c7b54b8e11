import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, ok } from './client';
import { ProblemError } from './problem';
import { refresh, session, signedIn, signedOut } from './session';

type Answer = { status: number; body?: unknown };
let log: { path: string; token: string | null; marker: string | null }[] = [];

function answer(reply: (path: string, token: string | null) => Answer) {
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    const path = new URL(request.url).pathname;
    const token = request.headers.get('authorization');
    log.push({ path, token, marker: request.headers.get('x-fieldtrial') });
    const { status, body } = reply(path, token);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(body ?? {}), { status, headers: { 'content-type': type } });
  });
}

beforeEach(() => {
  log = [];
});
afterEach(() => {
  signedOut();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('renews an expired token once and tries again', async () => {
  signedIn('old');
  answer((path, token) => {
    if (path === '/api/v1/auth/refresh') return { status: 200, body: { accessToken: 'new' } };
    return token === 'Bearer new' ? { status: 200, body: { name: 'Ana' } } : { status: 401 };
  });
  const answers = await Promise.all([ok(api.GET('/me')), ok(api.GET('/me'))]);
  expect(answers.map((me) => me.name)).toEqual(['Ana', 'Ana']);
  expect(log.filter((each) => each.path === '/api/v1/auth/refresh')).toEqual([
    { path: '/api/v1/auth/refresh', token: null, marker: '1' },
  ]);
});

it('asks for no token while nobody is signed in', async () => {
  answer(() => ({ status: 200, body: { items: [] } }));
  await ok(api.GET('/cities'));
  expect(log.map((each) => each.path)).toEqual(['/api/v1/cities']);
});

it('ends the session when the refresh is refused, not when the server is in trouble', async () => {
  signedIn('old');
  answer(() => ({ status: 503 }));
  expect(await refresh()).toBe(false);
  expect(session.get()).toBe('in');
  answer(() => ({ status: 401 }));
  expect(await refresh()).toBe(false);
  expect(session.get()).toBe('out');
});

it('puts a problem into the language of the page', async () => {
  history.replaceState(null, '', '/ja/help');
  answer(() => ({
    status: 422,
    body: {
      code: 'request.invalid',
      title: 'Some fields need attention.',
      errors: [{ pointer: '/team/name', code: 'too_long', params: { max: 1200 } }],
      requestId: 'req_7',
    },
  }));
  const problem = await ok(api.GET('/cities')).catch((failure: unknown) => failure);
  expect(problem).toBeInstanceOf(ProblemError);
  expect(problem).toMatchObject({
    message: '確認が必要な項目があります。',
    fields: { 'team.name': '1,200文字以内で入力してください。' },
    requestId: 'req_7',
  });
});

it('falls back to the title of a code that it does not know', async () => {
  answer(() => ({ status: 409, body: { code: 'brand.new', title: 'Brand new.' } }));
  await expect(ok(api.GET('/cities'))).rejects.toMatchObject({ message: 'Brand new.', code: 'brand.new' });
});

it('names a lost connection', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(ok(api.GET('/cities'))).rejects.toMatchObject({ status: 0, code: 'network' });
});

it('fills paths, queries and headers', async () => {
  const seen: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request);
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  });
  await api.GET('/challenges/{slug}', { params: { path: { slug: 'a/b' }, query: { lang: 'ja' } } });
  await api.POST('/markdown', { body: { text: '*' } });
  expect(seen[0]?.url).toBe(`${location.origin}/api/v1/challenges/a%2Fb?lang=ja`);
  expect(seen[1]?.headers.get('content-type')).toBe('application/json');
  expect(await seen[1]?.json()).toEqual({ text: '*' });
});
