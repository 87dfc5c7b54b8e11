import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { renewEntry } from '../api';
import { put, underWay } from './fingerprints';
import { sha256Of } from './hash';

/**
 * Computes a file's fingerprint beside its upload and sends it, so that the entry can be submitted
 * before the bytes are there.
 */
export function promise(entryId: string, fileId: string, file: File): void {
  if (underWay.has(fileId)) return;
  const stop = new AbortController();
  const base = { entryId, total: file.size, sent: false };
  put(fileId, { ...base, hashed: 0 });
  const done = (async () => {
    const sum = await sha256Of(file, (hashed) => put(fileId, { ...base, hashed }), stop.signal);
    await send(fileId, sum, stop.signal);
    put(fileId, { ...base, hashed: file.size, sent: true });
    await renewEntry(entryId);
  })()
    .catch((error: unknown) => {
      if (!stop.signal.aborted) put(fileId, { ...base, hashed: 0, error });
    })
    .finally(() => underWay.delete(fileId));
  underWay.set(fileId, { entryId, done, stop });
}

async function send(fileId: string, sha256: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await ok(api.PUT('/files/{id}/hash', { params: { path: { id: fileId } }, body: { sha256 } }));
      return;
    } catch (error) {
      const final =
        error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;
      if (final || signal.aborted) throw error;
      const wait = Math.min(10_000, 500 * 2 ** attempt);
      await new Promise((wake) => setTimeout(wake, wait));
    }
  }
}
