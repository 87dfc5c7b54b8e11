import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

// SHA-256 of a file of any size in little memory: the browser's own digest wants all bytes at once,
// and WebAssembly is refused by the content security policy. One buffer is filled again and again.
const step = 1024 * 1024;

addEventListener('message', async (event: MessageEvent<File>) => {
  const file = event.data;
  try {
    const hash = sha256.create();
    const reader = file.stream().getReader({ mode: 'byob' });
    let buffer = new ArrayBuffer(step);
    let hashed = 0;
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done || !value) break;
      hash.update(value);
      hashed += value.length;
      buffer = value.buffer;
      postMessage({ hashed });
    }
    if (hashed !== file.size) throw new Error('the file changed');
    postMessage({ sum: bytesToHex(hash.digest()) });
  } catch {
    // The file was changed or taken away while it was read.
    postMessage({ unreadable: true });
  }
});
