import { count, decode, must, same, sha, utf8 } from './bytes.ts';
import { type Checkpoint, openNote } from './note.ts';
import { leafHash, mustExtend, rootOf } from './tree.ts';

const members = 'kind,contest,salt,payload,proof,verifierKey';

/** What a sound receipt proves. */
export type Receipt = {
  kind: string;
  contest: string;
  payload: string;
  index: number;
  key: string;
  checkpoint: Checkpoint;
};

/** JSON in exactly the form in which it was given out, so that no file can be read in two ways. */
export function parse(text: string) {
  const value = JSON.parse(text);
  must(JSON.stringify(value) === text.trim());
  return value;
}

/** What a commitment to a payload is. */
export const commit = async (salt: string, payload: string) =>
  sha('fieldtrial.v1/commit\0', decode(salt), await sha(payload));

/** Checks a receipt. It needs nothing but the file. */
export async function verifyReceipt(text: string): Promise<Receipt> {
  const file = parse(text);
  must(Object.keys(file).join() === members && Object.values(file).every((each) => typeof each === 'string'));
  const { kind, contest, salt, payload, proof, verifierKey: key } = file;
  must(/^[a-z0-9._]{1,64}$/.test(kind) && /^[\w-]{1,64}$/.test(contest));
  must(payload && utf8(payload).every((byte) => byte > 31 && byte !== 127));
  const cut = proof.indexOf('\n\n');
  const lines = proof.slice(0, cut).split('\n');
  must(cut > 0 && lines.shift() === 'c2sp.org/tlog-proof@v1');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, index] = /^index (\d+)$/.exec(lines.shift() ?? '') ?? [];
  const at = count(index);
  const checkpoint = await openNote(proof.slice(cut + 2), key);
  const leaf = `fieldtrial.v1\n${kind}\n${contest}\n${btoa(String.fromCharCode(...(await commit(salt, payload))))}\n`;
  const root = await rootOf(
    await leafHash(leaf),
    at,
    checkpoint.size,
    lines.map((line: string) => decode(line)),
  );
  must(same(root, checkpoint.root), 'not_included');
  return { kind, contest, payload, index: at, key, checkpoint };
}

const early = ['entry.received', 'entry.promised'];
const challengeOf = (receipt: Receipt) => JSON.parse(receipt.payload).challenge;

/** Whether one receipt is the deadline of the other's challenge. */
export const belong = (entry: Receipt, deadline: Receipt): boolean =>
  entry.kind.startsWith('entry.') &&
  deadline.kind === 'deadline' &&
  entry.key === deadline.key &&
  entry.contest === deadline.contest &&
  challengeOf(entry) === challengeOf(deadline);

/** Entries whose own kind says that they came after the deadline are late wherever they stand. */
export const onTime = (entry: Receipt, deadline: Receipt): boolean =>
  early.includes(entry.kind) && entry.index < deadline.index;

/**
 * Whether two checkpoints are of one record, by the consistency files at hand: undefined when none of them
 * joins the two. Fails when they contradict each other.
 */
export async function joined(a: Receipt, b: Receipt, proofs: string[]): Promise<true | undefined> {
  const [older, later] = [a.checkpoint, b.checkpoint].sort((x, y) => x.size - y.size) as [
    Checkpoint,
    Checkpoint,
  ];
  if (older.size === later.size) {
    await mustExtend(older, later, []);
    return true;
  }
  for (const proof of proofs) {
    const cut = proof.indexOf('\n\n');
    const [first, ...path] = proof.slice(0, cut).split('\n');
    if (cut < 0 || first !== `old ${older.size}`) continue;
    const found = await openNote(proof.slice(cut + 2), a.key);
    if (found.size !== later.size) continue;
    must(same(found.root, later.root), 'inconsistent');
    await mustExtend(
      older,
      later,
      path.map((line) => decode(line)),
    );
    return true;
  }
  return undefined;
}
