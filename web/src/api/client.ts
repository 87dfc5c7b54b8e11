import { learnServerTime } from '~/lib/clock';
import { networkProblem, problemOf } from './problem';
import type { paths } from './schema';
import { accessToken, refresh, session } from './session';
import { createTransport } from './transport';

/** Sends with the access token; after a 401 renews it and tries once more. */
async function authorised(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  // Signing in and out must not wait for, or renew, a session.
  const open = path.startsWith('/api/v1/auth/');
  const again = open ? undefined : request.clone();
  try {
    const token = open ? undefined : await accessToken();
    const first = await send(request, token);
    if (first.status !== 401 || !again || session.get() === 'out') return first;
    if (!(await refresh())) return first;
    return await send(again, await accessToken());
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw await networkProblem();
  }
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  // The cookie goes to these alone; the header keeps other sites' forms out.
  if (new URL(request.url).pathname.startsWith('/api/v1/auth/')) request.headers.set('X-Fieldtrial', '1');
  const response = await fetch(request);
  // The API never answers in HTML: somebody in between did, such as a portal that wants to be signed in to.
  if (/html/.test(`${response.headers.get('content-type')}`)) throw new TypeError('html');
  learnServerTime(response);
  return response;
}

/** The API, typed by the contract. Wrap calls in `ok`: `await ok(api.GET('/challenges'))`. */
export const api = createTransport<paths>(`${location.origin}/api/v1`, authorised);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of a call, or a ProblemError thrown. */
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw await problemOf(response, error);
  return data as T;
}

/** The data of a call with its version, for an edit to come: pass it to `ifMatch`. */
export async function okWithVersion<T>(call: Promise<Answer<T>>): Promise<{ data: T; etag: string }> {
  const answer = await call;
  return { data: await ok(Promise.resolve(answer)), etag: answer.response.headers.get('etag') ?? '' };
}

/** Header that makes an edit fail with 412 when somebody else was faster. */
export function ifMatch(etag: string): { 'If-Match': string } {
  return { 'If-Match': etag };
}

/**
 * Header that makes a create safe to repeat. Make one when the form opens, keep it for every try of the
 * same deed (`useIdempotencyKey`), make a new one after success.
 */
export function idempotencyKey(key: string = crypto.randomUUID()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}
