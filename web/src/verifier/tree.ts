import { must, same, sha } from './bytes.ts';

// The Merkle tree of RFC 6962, with the checks of RFC 9162, 2.1.3.2 and 2.1.4.2. Numbers stay below 2^52.

type Hash = Uint8Array;
const half = (n: number) => Math.floor(n / 2);
const node = (left: Hash, right: Hash) => sha('\x01', left, right);

export const leafHash = (leaf: string | Uint8Array) => sha('\0', leaf);

/** The root that a leaf at a place, its path and the size of the tree give. */
export async function rootOf(leaf: Hash, place: number, size: number, path: Hash[]): Promise<Hash> {
  must(place < size, 'not_included');
  let [at, last, hash] = [place, size - 1, leaf];
  for (const sibling of path) {
    must(last > 0, 'not_included');
    if (at % 2 || at === last) {
      hash = await node(sibling, hash);
      while (at % 2 === 0 && at) [at, last] = [half(at), half(last)];
    } else {
      hash = await node(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  must(last === 0, 'not_included');
  return hash;
}

export type Point = { size: number; root: Hash };

/** Fails unless the later tree begins with the older one. */
export async function mustExtend(older: Point, later: Point, path: Hash[]): Promise<void> {
  const holds = (yes: boolean) => must(yes, 'inconsistent');
  if (older.size === later.size) return holds(path.length === 0 && same(older.root, later.root));
  let [at, last] = [older.size - 1, later.size - 1];
  while (at % 2) [at, last] = [half(at), half(last)];
  // An older tree that is perfect is its own first part.
  const rest = at === 0 ? [older.root, ...path] : [...path];
  const first = rest.shift();
  must(first && older.size, 'inconsistent');
  let [old, now]: [Hash, Hash] = [first, first];
  for (const part of rest) {
    holds(last > 0);
    if (at % 2 || at === last) {
      [old, now] = [await node(part, old), await node(part, now)];
      while (at % 2 === 0 && at) [at, last] = [half(at), half(last)];
    } else {
      now = await node(now, part);
    }
    [at, last] = [half(at), half(last)];
  }
  holds(last === 0 && same(old, older.root) && same(now, later.root));
}

/** The root over leaves' hashes. */
export async function rootOver(hashes: Hash[]): Promise<Hash> {
  const [only] = hashes;
  if (only && hashes.length === 1) return only;
  if (!only) return sha();
  let cut = 1;
  while (2 * cut < hashes.length) cut *= 2;
  return node(await rootOver(hashes.slice(0, cut)), await rootOver(hashes.slice(cut)));
}
