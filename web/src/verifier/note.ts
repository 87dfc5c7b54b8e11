import { count, decode, must, same, sha, utf8 } from './bytes.ts';
import type { Point } from './tree.ts';

/** A signed checkpoint: what the log was when it signed. `time` is the log's own clock, or "". */
export type Checkpoint = Point & { origin: string; time: string };

/** Checks a C2SP signed note against a verifier key, and reads the checkpoint in it. */
export async function openNote(note: string, key: string): Promise<Checkpoint> {
  const [, name = '', id = '', body = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(key) ?? [];
  const bytes = decode(body, 33);
  const hash = (await sha(`${name}\n`, bytes)).slice(0, 4);
  must(bytes[0] === 1 && hex(hash) === id, 'key');
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const lines = note.slice(end + 1).split('\n');
  must(end > 0 && lines.pop() === '');
  let signed = false;
  for (const line of lines) {
    const [, by, signature = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    must(by);
    if (by !== name) continue; // a witness
    const whole = decode(signature, 68);
    if (!same(whole.slice(0, 4), hash)) continue;
    must(await verifies(bytes.slice(1), whole.slice(4), utf8(text)), 'signature');
    signed = true;
  }
  must(signed, 'unsigned');
  const [origin, size, root = '', ...rest] = text.slice(0, -1).split('\n');
  must(origin === name && rest.every(Boolean));
  const time = rest.find((line) => line.startsWith('time '))?.slice(5) ?? '';
  return { origin, size: count(size), root: decode(root), time };
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function verifies(
  key: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  text: Uint8Array<ArrayBuffer>,
) {
  // Browsers without Ed25519 refuse the key; nothing else can: it has the right length.
  const found = await crypto.subtle
    .importKey('raw', key, 'Ed25519', false, ['verify'])
    .catch(() => undefined);
  must(found, 'unsupported');
  return crypto.subtle.verify('Ed25519', found, signature, text);
}
