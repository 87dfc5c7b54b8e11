import { createStore } from '~/lib/store';

/** How far the fingerprint of a file is; `sent` once the server has it. */
export type Fingerprint = { entryId: string; hashed: number; total: number; sent: boolean; error?: unknown };

/** The fingerprints that this tab is busy with, by file. */
export const fingerprints = createStore<Record<string, Fingerprint>>({});

/** The fingerprints under way, to wait for before a submission. */
export const underWay = new Map<string, { entryId: string; done: Promise<void>; stop: AbortController }>();

export function put(fileId: string, next: Fingerprint | undefined): void {
  const { [fileId]: _, ...rest } = fingerprints.get();
  fingerprints.set(next ? { ...rest, [fileId]: next } : rest);
}

/** Stops when the bytes were faster, or the upload was given up. */
export function forgetPromise(fileId: string): void {
  underWay.get(fileId)?.stop.abort();
  put(fileId, undefined);
}

/** Resolves when every fingerprint of an entry that is being computed here was sent, or failed. */
export async function promised(entryId: string): Promise<void> {
  const waiting = [...underWay.values()].filter((each) => each.entryId === entryId);
  await Promise.all(waiting.map((each) => each.done));
}
