import type { Assignment, Queue, Review } from '../api';
import { dropFiles } from './files';
import { all, change, one } from './store';

/** One answer of the server that was taken along. */
export type Kept = {
  /** person/path */
  key: string;
  path: string;
  /** Of which challenge; "" for what belongs to all. */
  challenge: string;
  data: unknown;
  /** The end of the contest, in milliseconds: nothing is kept beyond it. */
  until: number;
  at: number;
  /** Files of an assignment that lie in the browser: id and size. */
  files?: { id: string; size: number }[];
};

const keyOf = (person: string, path: string) => `${person}/${path}`;

export const keptOf = (person: string) => all<Kept>('kept', `${person}/`);

/** What was taken along of a path, unless its contest is over. */
export async function readKept(person: string, path: string): Promise<Kept | undefined> {
  const found = await one<Kept>('kept', keyOf(person, path));
  return found && found.until > Date.now() ? found : undefined;
}

export const putKept = (person: string, kept: Omit<Kept, 'key' | 'at'>) =>
  change('kept', [{ ...kept, key: keyOf(person, kept.path), at: Date.now() }]);

/** A newer answer takes the place of the one taken along; what was not taken along is not begun to be. */
export async function renewKept(person: string, path: string, data: unknown): Promise<void> {
  const found = await readKept(person, path);
  if (!found) return;
  await change('kept', [{ ...found, data, at: Date.now() }]);
  if (path.endsWith('/queue')) await prune(person, found.challenge, data as Queue);
}

/** Takes away the entries that are not the juror's any more, such as after a recusal. */
async function prune(person: string, challenge: string, { items }: Queue): Promise<void> {
  const own = new Set(items.map((item) => `/jury/assignments/${item.assignmentId}`));
  const gone = (await keptOf(person)).filter(
    (each) =>
      each.challenge === challenge && each.path.startsWith('/jury/assignments/') && !own.has(each.path),
  );
  await dropFiles(gone.flatMap((each) => each.files ?? []).map((file) => file.id));
  await dropKept(gone.map((each) => each.key));
}

/** What the server has confirmed of a review shows without a connection as well. */
export async function noteReview(person: string, assignment: string, review: Review): Promise<void> {
  const found = await readKept(person, `/jury/assignments/${assignment}`);
  if (!found) return;
  const data = { ...(found.data as Assignment), review };
  const queue = await readKept(person, `/jury/challenges/${found.challenge}/queue`);
  const puts: Kept[] = [{ ...found, data }];
  if (queue) {
    const { items, ...rest } = queue.data as Queue;
    const { state, scores, total } = review;
    const next = items.map((item) =>
      item.assignmentId === assignment ? { ...item, state, scores, total } : item,
    );
    puts.push({ ...queue, data: { ...rest, items: next } } as Kept);
  }
  await change('kept', puts);
}

export const dropKept = (keys: string[]) => change('kept', [], keys);
