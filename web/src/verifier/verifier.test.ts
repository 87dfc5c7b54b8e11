import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { openNote } from './note.ts';
import { belong, joined, onTime, verifyReceipt } from './receipt.ts';
import { verifyBundle, verifyOpenings } from './reviews.ts';
import { leafHash, mustExtend, rootOf, rootOver } from './tree.ts';
import words from './words.json';

// Written by the server's own code (internal/openings, vectors_test.go), and checked there by the program.
const folder = `${process.cwd()}/src/verifier`;
const read = (name: string) => readFileSync(`${folder}/testdata/${name}`, 'utf8');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What a text with one bit turned is, where it is still text. */
function flipped(text: string, i: number, bit: number): string | undefined {
  const bytes = Uint8Array.from(utf8(text));
  bytes[i] = (bytes[i] ?? 0) ^ (1 << bit);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // the page refuses it as well
  }
}

/** One bit of each byte, a different one from byte to byte; the program's own tests turn all of them. */
async function everyFlipFails(
  text: string,
  verify: (text: string) => Promise<unknown>,
  free = /(?!)/,
  step = 1,
) {
  const from = text.search(free);
  const until = from + (text.match(free)?.[0].length ?? 0);
  const size = utf8(text).length - 1; // the newline at the end is nobody's
  for (let i = 0; i < size; i += step) {
    const bad = i >= from && i < until ? undefined : flipped(text, i, i % 7);
    const passed = bad !== undefined && (await verify(bad).then(Boolean, () => false));
    if (passed) throw new Error(`byte ${i} (${text.slice(i - 10, i + 5)}) turned still passes`);
  }
}

describe('the tree', () => {
  const leaves = Array.from({ length: 14 }, (_, i) => leafHash(`leaf ${i}`));

  it('knows the hashes that RFC 6962 names', async () => {
    expect(hex(await rootOver([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(await leafHash(''))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('proves each leaf of each size, and no other', async () => {
    const all = await Promise.all(leaves);
    for (let size = 1; size <= all.length; size++) {
      const root = await rootOver(all.slice(0, size));
      for (let at = 0; at < size; at++) {
        const path = await pathOf(all.slice(0, size), at);
        const leaf = all[at] as Uint8Array;
        expect(hex(await rootOf(leaf, at, size, path))).toBe(hex(root));
        if (size > 1) {
          const other = await rootOf(leaf, (at + 1) % size, size, path).catch(() => undefined);
          expect(other && hex(other)).not.toBe(hex(root));
          const short = await rootOf(leaf, at, size, path.slice(1)).catch(() => undefined);
          expect(short && hex(short)).not.toBe(hex(root));
        }
      }
    }
  });

  it('joins each size to each later one, and to no other tree', async () => {
    const all = await Promise.all(leaves);
    const fork = [...all.slice(0, 2), await leafHash('another'), ...all.slice(3)];
    for (let size = 1; size <= all.length; size++)
      for (let old = 1; old <= size; old++) {
        const proof = old === size ? [] : await extension(all.slice(0, size), old, true);
        const older = { size: old, root: await rootOver(all.slice(0, old)) };
        const later = { size, root: await rootOver(all.slice(0, size)) };
        await mustExtend(older, later, proof);
        if (size < 3) continue;
        const forged = { size, root: await rootOver(fork.slice(0, size)) };
        await expect(mustExtend(older, forged, proof)).rejects.toThrow('inconsistent');
      }
  });
});

/** RFC 6962, 2.1.1. */
async function pathOf(leaves: Uint8Array[], at: number): Promise<Uint8Array[]> {
  if (leaves.length < 2) return [];
  const cut = cutOf(leaves.length);
  return at < cut
    ? [...(await pathOf(leaves.slice(0, cut), at)), await rootOver(leaves.slice(cut))]
    : [...(await pathOf(leaves.slice(cut), at - cut)), await rootOver(leaves.slice(0, cut))];
}

/** RFC 6962, 2.1.2. */
async function extension(leaves: Uint8Array[], old: number, whole: boolean): Promise<Uint8Array[]> {
  if (old === leaves.length) return whole ? [] : [await rootOver(leaves)];
  const cut = cutOf(leaves.length);
  return old <= cut
    ? [...(await extension(leaves.slice(0, cut), old, whole)), await rootOver(leaves.slice(cut))]
    : [...(await extension(leaves.slice(cut), old - cut, false)), await rootOver(leaves.slice(0, cut))];
}

function cutOf(n: number): number {
  let cut = 1;
  while (2 * cut < n) cut *= 2;
  return cut;
}

describe('receipts', () => {
  it('are verified from the file alone', async () => {
    const found = await verifyReceipt(read('entry.txt'));
    expect(found.kind).toBe('entry.received');
    expect(found.payload).toContain('Ñandú 藤沢');
    expect(found.index).toBeLessThan(found.checkpoint.size);
    expect(found.checkpoint.time).toMatch(/^20\d\d-/);
  });

  it('fail with any bit turned', () => everyFlipFails(read('entry.txt'), verifyReceipt));

  it('say which field was changed', async () => {
    const whole = JSON.parse(read('entry.txt'));
    const as = (change: object) => verifyReceipt(JSON.stringify({ ...whole, ...change }));
    await as({});
    const other = JSON.parse(read('late.txt'));
    await expect(as({ kind: 'decision' })).rejects.toThrow('not_included');
    await expect(as({ kind: 'a\nb' })).rejects.toThrow('malformed');
    await expect(as({ contest: 'other' })).rejects.toThrow('not_included');
    await expect(as({ salt: other.salt })).rejects.toThrow('not_included');
    await expect(as({ payload: other.payload.replace('1', '2') })).rejects.toThrow('not_included');
    await expect(as({ proof: whole.proof.replace(/\nindex \d+/, '\nindex 0') })).rejects.toThrow(
      'not_included',
    );
    await expect(as({ proof: whole.proof.replace('\ntime 20', '\ntime 21') })).rejects.toThrow('signature');
    await expect(as({ proof: whole.proof.replace(/\n— .*/s, '\n— x.example AAAA\n') })).rejects.toThrow(
      'unsigned',
    );
    await expect(as({ verifierKey: whole.verifierKey.replace(/\+\w+\+/, '+00000000+') })).rejects.toThrow(
      'key',
    );
    await expect(as({ extra: 'x' })).rejects.toThrow('malformed');
    await expect(verifyReceipt('{}')).rejects.toThrow();
    await expect(openNote('', whole.verifierKey)).rejects.toThrow('malformed');
  });

  it('tell whether an entry was on time, within one record', async () => {
    const [entry, deadline, late, beside] = await Promise.all(
      ['entry.txt', 'deadline.txt', 'late.txt', 'same-checkpoint.txt'].map((each) =>
        verifyReceipt(read(each)),
      ),
    );
    if (!entry || !deadline || !late || !beside) throw new Error('unread');
    expect([belong(entry, deadline), belong(late, deadline), belong(entry, late)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([onTime(entry, deadline), onTime(late, deadline)]).toEqual([true, false]);
    expect(onTime({ ...entry, kind: 'entry.grace' }, deadline)).toBe(false);
    expect(await joined(entry, deadline, [])).toBe(undefined);
    const proof = read('consistency.txt');
    expect(await joined(entry, deadline, [proof])).toBe(true);
    const forked = { ...deadline, checkpoint: { ...deadline.checkpoint, root: entry.checkpoint.root } };
    await expect(joined(entry, forked, [proof])).rejects.toThrow('inconsistent');
    await everyFlipFails(proof, (bad) => joined(entry, deadline, [bad]));
  });
});

describe('reviews', () => {
  it('of a team are those that were locked', async () => {
    const found = await verifyOpenings(read('openings.txt'));
    expect(found.totals.map((each) => Math.round(each))).toHaveLength(3);
    expect(found.mean).toBeCloseTo(JSON.parse(read('openings.txt')).mean, 4);
  });

  it('of a team fail with a bit turned anywhere but in the reference', () =>
    everyFlipFails(read('openings.txt'), verifyOpenings, /(?<="reference":")[^"]*/, 7));

  it('of an auditor are all that were locked, and give the means', async () => {
    const found = await verifyBundle(read('bundle.txt'));
    expect(found.reviews).toBe(12);
    const less = JSON.parse(read('bundle.txt'));
    less.reviews.pop();
    await expect(verifyBundle(JSON.stringify(less))).rejects.toThrow('reviews');
    const other = JSON.parse(read('bundle.txt'));
    other.ranking = other.ranking.replace('"mean":', '"mean": ');
    await expect(verifyBundle(JSON.stringify(other))).rejects.toThrow('totals');
  });
});

describe('the page', () => {
  it('has every sentence in three languages', () => {
    for (const [key, texts] of Object.entries(words)) {
      expect(texts, key).toHaveLength(3);
      expect(new Set(texts.map((each) => each.trim())).size, key).toBeGreaterThan(1);
    }
    const sources = ['bytes', 'tree', 'note', 'receipt', 'reviews'].map((each) =>
      readFileSync(`${folder}/${each}.ts`, 'utf8'),
    );
    for (const [, code] of sources.join('').matchAll(/must\([^;]*, '(\w+)'\)/g))
      expect(words).toHaveProperty(`e-${code}`);
    for (const [, key] of read('../page.html').matchAll(/\{\{([\w-]+)\}\}/g))
      expect(words).toHaveProperty(`${key}`);
    const ids = readFileSync(`${folder}/page.ts`, 'utf8').matchAll(/'(f-\w+)'/g);
    for (const [, key] of ids) expect(words).toHaveProperty(`${key}`);
  });
});
