import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

// SHA-256 of a file of any size in a few megabytes of memory: the browser's own digest wants all
// bytes at once, and WebAssembly is refused by the content security policy.
const step = 2 * 1024 * 1024;

addEventListener('message', async (event: MessageEvent<File>) => {
  const file = event.data;
  try {
    const hash = sha256.create();
    for (let at = 0; at < file.size; at += step) {
      hash.update(new Uint8Array(await file.slice(at, at + step).arrayBuffer()));
      postMessage({ hashed: Math.min(at + step, file.size) });
    }
    postMessage({ sum: bytesToHex(hash.digest()) });
  } catch {
    // The file was changed or taken away while it was read.
    postMessage({ unreadable: true });
  }
});
