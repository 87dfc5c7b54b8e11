import { workerUrl } from '~/lib/trusted';
import script from './hash-worker?worker&url';

type Answer = { hashed?: number; sum?: string; unreadable?: true };

/** The file changed or went away while it was read. */
export class Unreadable extends Error {}

/**
 * The SHA-256 of a file, in hexadecimal, computed in a worker of its own. Reports how many bytes are
 * done; rejects with the signal's reason when it is told to stop.
 */
export function sha256Of(file: File, report: (hashed: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(new URL(script, location.href).href), { type: 'module' });
    const end = () => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
    };
    const stop = () => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) return stop();
    worker.onmessage = (event: MessageEvent<Answer>) => {
      const { hashed, sum, unreadable } = event.data;
      if (hashed !== undefined) return report(hashed);
      end();
      if (sum) resolve(sum);
      else if (unreadable) reject(new Unreadable());
    };
    worker.onerror = () => {
      end();
      reject(new Unreadable());
    };
    worker.postMessage(file);
  });
}
