import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { typeOf } from '~/features/question/files';
import { lasting } from '~/lib/storage';
import { createStore } from '~/lib/store';
import { type Entry, type EntryField, type EntryFile, renewEntry } from '../api';
import { forgetPromise } from './fingerprints';
import type { Progress, Running, Upload } from './upload';

/** An upload that this tab is busy with. It goes on while other pages of the site are read. */
export type Active = { entryId: string; fileId: string; name: string; progress: Progress; run?: Running };

/** The uploads of this tab by field. */
export const uploads = createStore<Record<string, Active>>({});

type Memory = { fileId: string; name: string; size: number; modified: number };
const place = (entryId: string, fieldId: string) => `ft.upload.${entryId}.${fieldId}`;

/** The upload that a reload broke off, if this browser began one. */
export function remembered(entryId: string, fieldId: string): Memory | undefined {
  try {
    return JSON.parse(lasting.get(place(entryId, fieldId)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file is the one whose upload broke off. */
export const isSame = (memory: Memory | undefined, file: File): memory is Memory =>
  memory?.name === file.name && memory.size === file.size && memory.modified === file.lastModified;

function put(fieldId: string, active: Active | undefined): void {
  const { [fieldId]: _, ...rest } = uploads.get();
  uploads.set(active ? { ...rest, [fieldId]: active } : rest);
}

/** These are not the bytes whose fingerprint was sent. */
export class OtherFile extends Error {}

/** Begins an upload, or goes on with the one that was broken off when it is the same file. */
export async function begin(entry: Entry, field: EntryField, file: File): Promise<void> {
  const core = await import('./upload');
  const memory = remembered(entry.id, field.id);
  let upload = isSame(memory, file) ? await core.find(memory.fileId).catch(gone) : undefined;
  if (!upload) {
    const waiting = entry.files.find(
      (each) =>
        each.fieldId === field.id && isWaiting(each) && each.name === file.name && each.size === file.size,
    );
    if (waiting) return follow(entry, waiting, file);
    upload = await core.announce(entry.id, field.id, file, typeOf(file), crypto.randomUUID());
    remember(entry.id, field.id, upload.fileId, file);
    for (const old of entry.files) {
      if (old.fieldId === field.id && old.state === 'uploading' && !old.sent)
        void remove(old.id).catch(() => {});
    }
  }
  start(entry.id, field.id, core, upload, file);
  if (!entry.files.some((each) => each.id === upload.fileId && each.promisedSha256)) {
    const { promise } = await import('./promise');
    if (uploads.get()[field.id]?.fileId === upload.fileId) promise(entry.id, upload.fileId, file);
  }
}

/** A file that the server knows by its fingerprint and whose bytes it waits for. */
export const isWaiting = (file: EntryFile) => file.state === 'uploading' && !!file.promisedSha256;

/**
 * Sends the bytes of a file that the server waits for. They are proved here first: two gigabytes of
 * another file would be refused only at their end.
 */
export async function follow(entry: Entry, waiting: EntryFile, file: File): Promise<void> {
  const { id: fileId, fieldId } = waiting;
  if (file.size !== waiting.size) throw new OtherFile();
  const [core, { sha256Of }] = await Promise.all([import('./upload'), import('./hash')]);
  const stop = new AbortController();
  const run: Running = { pause: () => stop.abort(), resume: () => {} };
  const proving = (hashed: number) =>
    put(fieldId, {
      entryId: entry.id,
      fileId,
      name: waiting.name,
      run,
      progress: { state: 'proving', sent: hashed, total: file.size },
    });
  proving(0);
  try {
    if ((await sha256Of(file, proving, stop.signal)) !== waiting.promisedSha256) throw new OtherFile();
    const upload = await core.find(fileId);
    remember(entry.id, fieldId, fileId, file);
    start(entry.id, fieldId, core, upload, file);
  } catch (failure) {
    put(fieldId, undefined);
    if (!stop.signal.aborted) throw failure;
  }
}

function remember(entryId: string, fieldId: string, fileId: string, file: File): void {
  lasting.set(
    place(entryId, fieldId),
    JSON.stringify({ fileId, name: file.name, size: file.size, modified: file.lastModified }),
  );
}

function start(
  entryId: string,
  fieldId: string,
  core: typeof import('./upload'),
  upload: Upload,
  file: File,
): void {
  const { fileId } = upload;
  const end = () => {
    lasting.remove(place(entryId, fieldId));
    forgetPromise(fileId);
    void renewEntry(entryId).finally(() => {
      if (uploads.get()[fieldId]?.fileId === fileId) put(fieldId, undefined);
    });
  };
  const report = (progress: Progress) => {
    const before = uploads.get()[fieldId];
    if (before && before.fileId !== fileId) return;
    // Other bytes than promised were thrown away: the file waits again, and says so.
    const other = progress.error instanceof ProblemError && progress.error.code === 'file.hash_differs';
    if (progress.state === 'done' || other) return end();
    put(fieldId, { entryId, fileId, name: file.name, run, progress });
  };
  // The first report comes before `send` returns.
  let run: Running | undefined;
  put(fieldId, undefined);
  run = core.send(upload, file, report);
  const now = uploads.get()[fieldId];
  if (now) put(fieldId, { ...now, run });
}

/** An upload that is not there any more is begun anew; other failures are told. */
function gone(failure: unknown): undefined {
  if (failure instanceof ProblemError && (failure.status === 404 || failure.status === 409)) return undefined;
  throw failure;
}

/** Ends an upload and takes what arrived away. */
export async function cancel(entryId: string, fieldId: string, fileId: string): Promise<void> {
  uploads.get()[fieldId]?.run?.pause();
  put(fieldId, undefined);
  forgetPromise(fileId);
  lasting.remove(place(entryId, fieldId));
  await remove(fileId);
  await renewEntry(entryId);
}

/** Puts an earlier version of a file back. */
export const restore = (fileId: string) =>
  ok(api.POST('/files/{id}/restore', { params: { path: { id: fileId } } }));

/** Takes a file out of the entry. */
export const remove = (fileId: string) => ok(api.DELETE('/files/{id}', { params: { path: { id: fileId } } }));

// Leaving the site would break an upload off: the browser asks first.
addEventListener('beforeunload', (event) => {
  const busy = Object.values(uploads.get()).some(
    ({ progress }) =>
      progress.state === 'proving' ||
      progress.state === 'sending' ||
      progress.state === 'waiting' ||
      progress.state === 'finishing',
  );
  if (busy) event.preventDefault();
});
