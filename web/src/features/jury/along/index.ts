// The juror's work without a connection. Loaded by the jury's pages, and at the start of the program where
// something is kept in this browser.

import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { session } from '~/api/session';
import { lasting } from '~/lib/storage';
import { dropFiles, strip, wipe } from './files';
import { dropKept, keptOf, readKept, renewKept } from './kept';
import { look, sendAll } from './sender';
import { unsentOf } from './unsent';

export { merge, put, same } from '~/lib/merge';
export { adopt, adoptReview } from './adopt';
export { keptFile, wipe } from './files';
export { noteReview } from './kept';
export { look } from './sender';
export { dropUnsent, keyOf, putUnsent, tab, type Unsent } from './unsent';
export { open, waiting } from './waiting';

/** Says that something of this person may be in this browser. */
export const place = 'ft.along';

/** Who is signed in, also without a connection. undefined: nobody knows. */
export async function whoAmI(): Promise<string | undefined> {
  if (session.get() === 'out') return undefined;
  const known = lasting.get(place) ?? undefined;
  try {
    const me = await queries.fetchQuery({
      queryKey: ['me'],
      queryFn: () => ok(api.GET('/me')),
      staleTime: 60_000,
      retry: false,
    });
    if (known && known !== me.id) await wipe(); // another person's things go before anything is shown
    lasting.set(place, me.id);
    return me.id;
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 0) return known;
    throw failure;
  }
}

/** An answer of the server, or, where none comes, what was taken along of it. */
export async function orKept<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    const data = await call();
    const known = lasting.get(place);
    if (known) await renewKept(known, path, data).catch(() => {});
    return data;
  } catch (failure) {
    const known = lasting.get(place);
    if (!known || session.get() === 'out' || !(failure instanceof ProblemError) || failure.status !== 0)
      throw failure;
    const found = await readKept(known, path).catch(() => undefined);
    if (!found) throw failure;
    return found.data as T;
  }
}

/** Takes away what belongs to a contest that has ended; with the last one everything else, the worker too. */
async function tidy(person: string): Promise<void> {
  const kept = await keptOf(person);
  const over = kept.filter((each) => each.until <= Date.now());
  if (over.length === 0) return;
  if (over.length === kept.length) return strip();
  await dropFiles(over.flatMap((each) => each.files ?? []).map((file) => file.id));
  await dropKept(over.map((each) => each.key));
}

async function round(): Promise<void> {
  const person = await whoAmI();
  if (!person) return;
  await tidy(person);
  if ((await unsentOf(person)).length > 0) await sendAll(person);
  else await look(person);
}

let started = false;

/** From now on sends what is left whenever there is a connection, and forgets everything at a sign-out. */
export function start(): void {
  if (started) return;
  started = true;
  const quietly = () => void round().catch(() => {}); // tried again by the next event
  const follow = () => (session.get() === 'out' ? void wipe().catch(() => {}) : quietly());
  session.subscribe(follow);
  addEventListener('online', quietly);
  setInterval(quietly, 20_000);
  follow();
}
