/** Something in a file that is not as it must be. The message is the code of a sentence in words.json. */
export class Wrong extends Error {}

export function must(holds: unknown, code = 'malformed'): asserts holds {
  if (!holds) throw new Wrong(code);
}

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** SHA-256 over texts and bytes, one after the other. */
export async function sha(...parts: (string | Uint8Array)[]): Promise<Uint8Array<ArrayBuffer>> {
  const all = parts.flatMap((part) => [...(typeof part === 'string' ? utf8(part) : part)]);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(all)));
}

export const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Base64 in its one canonical form. */
export function decode(text: string, length = 32): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  must(base64(bytes) === text && bytes.length === length);
  return bytes;
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => base64(a) === base64(b);

/** A size or place as files write it. */
export function count(text = ''): number {
  must(/^(?:0|[1-9]\d{0,15})$/.test(text) && Number(text) <= 2 ** 52);
  return Number(text);
}
