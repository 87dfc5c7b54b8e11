import { base64, count, decode, must, same, sha } from './bytes.ts';
import { commit, parse, type Receipt, verifyReceipt } from './receipt.ts';
import { leafHash, rootOf, rootOver } from './tree.ts';

type Criterion = { key: string; weight: number; lowest: number; highest: number };
type Opening = { salt: string; payload: string };
type Lock = { challenge: string; reviews: number; root: string; rubric: Criterion[]; ranking: string };

/** What a sound file of openings, or an auditor's bundle, shows. */
export type Reviews = { lock: Receipt; reviews: number; reference?: string; totals: number[]; mean?: number };

async function lockOf(round: unknown): Promise<[Receipt, Lock]> {
  const lock = await verifyReceipt(JSON.stringify(round));
  must(lock.kind === 'round.locked');
  return [lock, JSON.parse(lock.payload)];
}

/** A review's total, 0 to 100 to four decimals: what does not apply (null) has no weight. */
function total({ rubric }: Lock, scores: Record<string, number | null>): number {
  let [sum, weights, plain, applied] = [0, 0, 0, 0];
  for (const { key, weight, lowest, highest } of rubric) {
    const score = scores[key];
    if (score === null) continue;
    must(typeof score === 'number' && score >= lowest && score <= highest);
    const share = (score - lowest) / (highest - lowest);
    sum += weight * share;
    weights += weight;
    plain += share;
    applied++;
  }
  must(applied);
  return Math.round((weights ? sum / weights : plain / applied) * 1e6) / 1e4;
}

const members = 'format,entry,reference,round,mean,reviews';
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-4;
const meanOf = (totals: number[]) => totals.reduce((sum, each) => sum + each / totals.length, 0);

/** Checks a team's file: its reviews counted at the lock, and give the mean that the team was told. */
export async function verifyOpenings(text: string): Promise<Reviews> {
  const file = parse(text);
  must(file.format === 'fieldtrial.v1/openings' && Object.keys(file).join() === members);
  const [lock, said] = await lockOf(file.round);
  const totals: number[] = [];
  const seen = new Set<number>();
  for (const { salt, payload, place, path } of file.reviews) {
    const leaf = await leafHash(await commit(salt, payload));
    const root = await rootOf(
      leaf,
      count(`${place}`),
      said.reviews,
      path.map((each: string) => decode(each)),
    );
    const review = JSON.parse(payload);
    must(same(root, decode(said.root)) && !seen.has(place), 'reviews');
    must(review.entry === file.entry && review.challenge === said.challenge, 'reviews');
    seen.add(place);
    totals.push(total(said, review.scores));
  }
  const mean = Math.round(meanOf(totals) * 1e4) / 1e4;
  must(mean === file.mean, 'totals');
  return { lock, reviews: said.reviews, reference: file.reference, totals, mean };
}

/**
 * Checks an auditor's bundle as far as a browser does: these are all reviews of the lock, and every mean of
 * the ranking that the lock committed to follows from them. Calibration and ranks are for the program.
 */
export async function verifyBundle(text: string): Promise<Reviews> {
  const file = parse(text);
  must(file.format === 'fieldtrial.v1/audit');
  const [lock, said] = await lockOf(file.round);
  const commitments: Uint8Array[] = [];
  const byEntry: Record<string, number[]> = {};
  for (const { salt, payload } of file.reviews as Opening[]) {
    commitments.push(await commit(salt, payload));
    const review = JSON.parse(payload);
    byEntry[review.entry] = [...(byEntry[review.entry] ?? []), total(said, review.scores)];
  }
  commitments.sort((a, b) => {
    const at = a.findIndex((byte, i) => byte !== b[i]);
    return (a[at] ?? 0) - (b[at] ?? 0);
  });
  const root = await rootOver(await Promise.all(commitments.map(leafHash)));
  must(commitments.length === said.reviews && same(root, decode(said.root)), 'reviews');
  must(base64(await sha(file.ranking)) === said.ranking, 'totals');
  const means: number[] = [];
  for (const { entry, reviews, mean } of JSON.parse(file.ranking).entries) {
    const totals = byEntry[entry] ?? [];
    must(totals.length === reviews && (!reviews || near(meanOf(totals), mean)), 'totals');
    means.push(mean);
  }
  return { lock, reviews: said.reviews, totals: means };
}
