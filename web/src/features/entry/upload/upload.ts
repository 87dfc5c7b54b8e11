import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import type { EntryFile } from '../api';

export type Progress = {
  /** Bytes that have arrived, and of how many. */
  sent: number;
  total: number;
  state: 'proving' | 'sending' | 'waiting' | 'paused' | 'finishing' | 'done' | 'failed';
  error?: unknown;
  /** Set when done. */
  file?: EntryFile;
};

export type Upload = { fileId: string; partSize: number; partCount: number; arrived: Set<number> };

export type Running = { pause: () => void; resume: () => void };

const parallel = 3;
const tries = 8;
/** How many links are asked for at once; each is good for ten minutes. */
const ahead = 12;

/** Announces a file. */
export async function announce(
  entryId: string,
  fieldId: string,
  file: File,
  type: string,
  key: string,
): Promise<Upload> {
  const answer = await ok(
    api.POST('/entries/{id}/files', {
      params: { path: { id: entryId }, header: { 'Idempotency-Key': key } },
      body: { fieldId, name: file.name, size: file.size, type },
    }),
  );
  return uploadOf(answer);
}

/** Finds out which parts of an upload have arrived. */
export async function find(fileId: string): Promise<Upload> {
  return uploadOf(await ok(api.GET('/files/{id}/upload', { params: { path: { id: fileId } } })));
}

type Answer = {
  file: { id: string };
  partSize: number;
  partCount: number;
  parts: { number: number }[];
};

function uploadOf({ file, partSize, partCount, parts }: Answer): Upload {
  return { fileId: file.id, partSize, partCount, arrived: new Set(parts.map((part) => part.number)) };
}

/** Sends what is missing, straight to the store, and completes the file. Reports until done or failed. */
export function send(upload: Upload, file: File, report: (progress: Progress) => void): Running {
  const { fileId, partSize, partCount, arrived } = upload;
  const sizeOf = (n: number) => Math.min(partSize, file.size - (n - 1) * partSize);
  const under = new Map<number, number>();
  const requests = new Set<XMLHttpRequest>();
  const links = new Map<number, string>();
  let state: Progress['state'] = 'sending';
  let last = 0;
  // Everything of an older run stops when this changes.
  let run = 0;

  const tell = (next: Progress['state'], more: Partial<Progress> = {}, always = true) => {
    state = next;
    const now = Date.now();
    if (!always && now - last < 200) return;
    last = now;
    let sent = 0;
    for (const n of arrived) sent += sizeOf(n);
    for (const bytes of under.values()) sent += bytes;
    report({ sent, total: file.size, state, ...more });
  };

  const link = async (n: number, rest: number[]): Promise<string> => {
    if (!links.has(n)) {
      const numbers = [n, ...rest.slice(0, ahead - 1)];
      const answer = await ok(
        api.POST('/files/{id}/parts', { params: { path: { id: fileId } }, body: { numbers } }),
      );
      for (const each of answer.links) links.set(each.number, each.url);
    }
    return links.get(n) ?? '';
  };

  const put = (url: string, n: number) =>
    new Promise<void>((resolve, reject) => {
      const request = new XMLHttpRequest();
      requests.add(request);
      request.upload.onprogress = (event) => {
        under.set(n, event.loaded);
        tell(state === 'waiting' ? 'sending' : state, {}, false);
      };
      request.onloadend = () => {
        requests.delete(request);
        under.delete(n);
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(new Error(`part ${n}: ${request.status}`));
      };
      request.open('PUT', url);
      request.send(file.slice((n - 1) * partSize, (n - 1) * partSize + sizeOf(n)));
    });

  const attemptOf = async (n: number, rest: number[]) => put(await link(n, rest), n);

  const one = async (n: number, rest: number[], mine: number): Promise<void> => {
    for (let attempt = 0; mine === run; attempt++) {
      const failure = await attemptOf(n, rest).then(
        () => undefined,
        (error: unknown) => error ?? new Error(),
      );
      if (mine !== run) return;
      if (!failure) {
        arrived.add(n);
        return tell('sending');
      }
      // A link that was refused has run out; the next try asks for another.
      links.delete(n);
      if (attempt + 1 >= tries || isFinal(failure)) throw failure;
      tell('waiting');
      await pause(attempt);
    }
  };

  const start = async () => {
    const mine = ++run;
    tell('sending');
    const missing = Array.from({ length: partCount }, (_, at) => at + 1).filter((n) => !arrived.has(n));
    const worker = async () => {
      for (let n = missing.shift(); n !== undefined && mine === run; n = missing.shift()) {
        await one(n, [...missing], mine);
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(parallel, missing.length) }, worker));
      if (mine !== run) return;
      tell('finishing');
      const done = await ok(api.POST('/files/{id}/complete', { params: { path: { id: fileId } } }));
      if (mine === run) tell('done', { file: done });
    } catch (error) {
      if (mine !== run) return;
      run++;
      stop();
      tell('failed', { error });
    }
  };

  const stop = () => {
    for (const request of requests) request.abort();
    under.clear();
  };

  void start();
  return {
    pause: () => {
      if (state === 'done' || state === 'finishing') return;
      run++;
      stop();
      tell('paused');
    },
    resume: () => {
      if (state === 'paused' || state === 'failed') void start();
    },
  };
}

/** The deadline has passed, the upload is gone, the session is over: trying again changes nothing. */
const isFinal = (failure: unknown) =>
  failure instanceof ProblemError && failure.status >= 400 && failure.status < 500 && failure.status !== 429;

/** Waits longer after each failure, and until the connection is back. */
async function pause(attempt: number): Promise<void> {
  if (navigator.onLine === false) {
    await new Promise((back) => addEventListener('online', back, { once: true }));
    return;
  }
  const most = Math.min(30_000, 500 * 2 ** attempt);
  await new Promise((wake) => setTimeout(wake, most * (0.5 + Math.random() / 2)));
}
