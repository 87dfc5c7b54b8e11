import { learnServerTime } from '~/lib/clock';
import { lasting } from '~/lib/storage';
import { createStore } from '~/lib/store';

// The access token lives in memory alone; the refresh token in an HttpOnly cookie. The hint says only
// that a cookie may be there, so that visitors without an account cost no request.
const hint = 'ft.signedIn';

let token: string | undefined;
let refreshing: Promise<boolean> | undefined;

/** 'in' may be a guess from the hint until the first refresh has been answered. */
export const session = createStore<'in' | 'out'>(lasting.get(hint) ? 'in' : 'out');

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('ft.session');
channel?.addEventListener('message', (event) => {
  if (event.data === 'out') forget();
  else session.set('in');
});
// A channel left open keeps test runners and background tabs from ending.
(channel as unknown as { unref?: () => void } | undefined)?.unref?.();

/** The access token for the next request, fetched if the hint says that there is a session. */
export async function accessToken(): Promise<string | undefined> {
  if (!token && lasting.get(hint)) await refresh();
  return token;
}

/** Call with the token of a sign-in or confirmation answer. */
export function signedIn(accessToken: string): void {
  token = accessToken;
  lasting.set(hint, '1');
  session.set('in');
  channel?.postMessage('in');
}

/** Forgets the session in every tab. The server's half is `POST /auth/sign-out`. */
export function signedOut(): void {
  forget();
  channel?.postMessage('out');
}

function forget(): void {
  token = undefined;
  lasting.remove(hint);
  session.set('out');
}

/** Fetches a new access token; calls made meanwhile share the one request. False: no session any more. */
export function refresh(): Promise<boolean> {
  refreshing ??= ask().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

async function ask(): Promise<boolean> {
  const response = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'X-Fieldtrial': '1' },
    credentials: 'same-origin',
  });
  learnServerTime(response);
  if (response.ok) {
    const body: { accessToken: string } = await response.json();
    token = body.accessToken;
    lasting.set(hint, '1');
    session.set('in');
    return true;
  }
  // Only a plain refusal of ours ends the session; a server in trouble and a portal in between do not.
  if (/^40[13].*json/.test(`${response.status}${response.headers.get('content-type')}`)) signedOut();
  return false;
}
