import { api, ok } from '~/api/client';
import { session } from '~/api/session';
import { workerUrl } from '~/lib/trusted';
import type { Assignment, JuryFile, Queue } from '../api';
import { dropFiles, keepFile, strip, wipe } from './files';
import { whoAmI } from './index';
import { dropKept, type Kept, keptOf, putKept, readKept } from './kept';

/** How far it is, and what could not be taken. */
export type Progress = { done: number; of: number; missing: number };

/** What of a challenge is in this browser. */
export type Taken = { at: number; entries: number; bytes: number };

const takes = (file: JuryFile) =>
  file.mediaType === 'application/pdf' && (file.state === 'clean' || file.state === 'not_scanned');

/** Keeps the pages, texts and PDFs of one's own entries of a challenge in this browser. */
export async function take(challenge: string, told: (progress: Progress) => void): Promise<Progress> {
  const person = await whoAmI();
  if (!person) throw new Error('nobody is signed in');
  try {
    return await fetchAll(person, challenge, told);
  } finally {
    if (session.get() === 'out') await wipe(); // whoever signed out meanwhile leaves nothing behind
  }
}

async function fetchAll(person: string, challenge: string, told: (progress: Progress) => void) {
  await navigator.serviceWorker.register(workerUrl('/sw.js'), { type: 'classic' });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  const path = `/jury/challenges/${challenge}/queue`;
  const [duties, queue] = await Promise.all([
    ok(api.GET('/jury')),
    ok(api.GET('/jury/challenges/{id}/queue', { params: { path: { id: challenge } } })),
  ]);
  const until = Date.parse(queue.keepUntil);
  const put = (at: string, data: unknown, files?: Kept['files']) =>
    putKept(person, { path: at, challenge, data, until, files });
  const progress: Progress = { done: 0, of: queue.items.length, missing: 0 };
  told(progress);
  for (const { assignmentId: id } of queue.items) {
    const assignment = await ok(api.GET('/jury/assignments/{id}', { params: { path: { id } } }));
    const files: Kept['files'] = [];
    for (const file of assignment.files.filter(takes)) {
      try {
        await keepFile(file.id, await addressOf(id, file.id), file.mediaType, until);
        files.push({ id: file.id, size: file.size });
      } catch {
        progress.missing++; // no room, or the connection went: the texts are worth having without it
      }
    }
    await put(`/jury/assignments/${id}`, assignment satisfies Assignment, files);
    progress.done++;
    told({ ...progress });
  }
  // The overview is there for as long as anything is.
  const last = Math.max(until, (await readKept(person, '/jury'))?.until ?? 0);
  await putKept(person, { path: '/jury', challenge: '', data: duties, until: last });
  await put(path, queue satisfies Queue);
  return progress;
}

async function addressOf(assignment: string, file: string): Promise<string> {
  const { url } = await ok(
    api.POST('/jury/assignments/{id}/files/{fileId}/link', {
      params: { path: { id: assignment, fileId: file }, query: { disposition: 'view' } },
    }),
  );
  return url;
}

/** What is in this browser of a challenge; undefined where it was not taken along. */
export async function takenOf(challenge: string): Promise<Taken | undefined> {
  const person = await whoAmI();
  if (!person) return undefined;
  const kept = (await keptOf(person)).filter((each) => each.challenge === challenge);
  const queue = kept.find((each) => each.path.endsWith('/queue'));
  if (!queue) return undefined;
  const files = kept.flatMap((each) => each.files ?? []);
  return { at: queue.at, entries: kept.length - 1, bytes: files.reduce((sum, file) => sum + file.size, 0) };
}

/** Takes a challenge out of this browser again, with the last one the worker too. What was not sent stays. */
export async function leave(challenge: string): Promise<void> {
  const person = await whoAmI();
  if (!person) return;
  const all = await keptOf(person);
  const kept = all.filter((each) => each.challenge === challenge);
  if (all.every((each) => each.challenge === challenge || each.challenge === '')) return strip();
  await dropFiles(kept.flatMap((each) => each.files ?? []).map((file) => file.id));
  await dropKept(kept.map((each) => each.key));
}
