import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { typeOf } from '~/features/question/files';
import { lasting } from '~/lib/storage';
import { createStore } from '~/lib/store';
import { type Entry, type EntryField, renewEntry } from '../api';
import type { Progress, Running } from './upload';

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

/** Begins an upload, or goes on with the one that was broken off when it is the same file. */
export async function begin(entry: Entry, field: EntryField, file: File): Promise<void> {
  const core = await import('./upload');
  const memory = remembered(entry.id, field.id);
  let upload = isSame(memory, file) ? await core.find(memory.fileId).catch(gone) : undefined;
  if (!upload) {
    upload = await core.announce(entry.id, field.id, file, typeOf(file), crypto.randomUUID());
    const { fileId } = upload;
    lasting.set(
      place(entry.id, field.id),
      JSON.stringify({ fileId, name: file.name, size: file.size, modified: file.lastModified }),
    );
    for (const old of entry.files) {
      if (old.fieldId === field.id && old.state === 'uploading') void remove(old.id).catch(() => {});
    }
  }
  const { fileId } = upload;
  const report = (progress: Progress) => {
    const before = uploads.get()[field.id];
    if (before && before.fileId !== fileId) return;
    if (progress.state !== 'done')
      return put(field.id, { entryId: entry.id, fileId, name: file.name, run, progress });
    lasting.remove(place(entry.id, field.id));
    void renewEntry(entry.id).finally(() => put(field.id, undefined));
  };
  // The first report comes before `send` returns.
  let run: Running | undefined;
  put(field.id, undefined);
  run = core.send(upload, file, report);
  const now = uploads.get()[field.id];
  if (now) put(field.id, { ...now, run });
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
  lasting.remove(place(entryId, fieldId));
  await remove(fileId);
  await renewEntry(entryId);
}

/** Takes a file out of the entry. */
export const remove = (fileId: string) => ok(api.DELETE('/files/{id}', { params: { path: { id: fileId } } }));

// Leaving the site would break an upload off: the browser asks first.
addEventListener('beforeunload', (event) => {
  const busy = Object.values(uploads.get()).some(
    ({ progress }) =>
      progress.state === 'sending' || progress.state === 'waiting' || progress.state === 'finishing',
  );
  if (busy) event.preventDefault();
});
