import { lasting } from '~/lib/storage';
import { empty } from './store';

const cache = 'ft-along';
const pathOf = (id: string) => `/along/${id}`;

/** Where a file that was taken along is shown from; undefined where it was not. */
export async function keptFile(id: string): Promise<string | undefined> {
  if (typeof caches === 'undefined' || !navigator.serviceWorker?.controller) return undefined;
  return (await caches.match(pathOf(id), { cacheName: cache })) ? pathOf(id) : undefined;
}

/** Puts a file's bytes aside until its contest is over. Throws when there is no room. */
export async function keepFile(id: string, url: string, type: string, until: number): Promise<void> {
  const store = await caches.open(cache);
  if (await store.match(pathOf(id))) return;
  const answer = await fetch(url);
  const mediaType = answer.headers.get('content-type') ?? '';
  if (!answer.ok || !mediaType.startsWith(type)) throw new TypeError(`${answer.status} ${mediaType}`);
  const headers = new Headers({ 'Content-Type': type, 'X-Until': String(until) });
  const policy = answer.headers.get('content-security-policy');
  if (policy) headers.set('Content-Security-Policy', policy); // as strict as where it came from
  await store.put(pathOf(id), new Response(await answer.blob(), { headers }));
}

export async function dropFiles(ids: string[]): Promise<void> {
  if (typeof caches === 'undefined') return;
  const store = await caches.open(cache);
  await Promise.all(ids.map((id) => store.delete(pathOf(id))));
}

/** Takes away everything that was taken along, the worker with it. What was typed and never sent stays. */
export async function strip(): Promise<void> {
  await empty('kept').catch(() => {});
  if (typeof caches !== 'undefined')
    for (const name of await caches.keys()) if (name.startsWith('ft-')) await caches.delete(name);
  const worker = await navigator.serviceWorker?.getRegistration('/');
  await worker?.unregister();
}

/**
 * Takes away everything that was taken along, and the sign that somebody's work may be here. What was typed and
 * never sent stays, for its writer alone, until that person signs in again.
 */
export async function wipe(): Promise<void> {
  lasting.remove('ft.along');
  await strip();
}
