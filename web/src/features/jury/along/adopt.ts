import { type Merged, merge, same } from '~/lib/merge';
import type { Assignment } from '../api';
import { type Typed, typedOf } from '../typed';
import { keyOf, living, replaceUnsent, tab, type Unsent, unsentOf } from './unsent';

/** What earlier tabs typed and the server does not have, joined with what it has. */
export type Adopted = Merged<Typed> & {
  /** It was finished without a connection and is to count. */
  submit: boolean;
};

/**
 * Takes over what tabs that are gone have left of a review. What they typed stands over what the server has,
 * unless both changed the same: that is told, and nothing is sent until the juror has looked.
 */
export async function adopt(person: string, assignment: Assignment): Promise<Adopted | undefined> {
  const alive = await living();
  const left = (await unsentOf(person, `${assignment.id}/`)).filter(
    (each) => each.tab === tab || !alive.has(each.tab),
  );
  const first = left[0];
  if (!first) return undefined;
  const base = {
    version: assignment.review.version,
    typed: typedOf(assignment.review, first.typed.language),
  };
  const submit = left.some((each) => each.submit);
  const out: Adopted = { value: base.typed, taken: [], clashes: [], submit };
  // What was typed before a lock stays as it is, for the juror to read that it came too late.
  if (assignment.review.locked) return undefined;
  for (const each of left) {
    const joined = merge(each.base.typed, each.typed, out.value);
    out.value = joined.value;
    out.clashes.push(...joined.clashes);
  }
  const done = same(out.value, base.typed) && !submit;
  const now: Unsent = {
    ...first,
    key: keyOf(person, assignment.id),
    tab,
    base,
    typed: out.value,
    submit,
    at: Date.now(),
  };
  if (out.clashes.length > 0) now.stuck = 'clash';
  await replaceUnsent(
    done ? [] : [now],
    left.map((each) => each.key),
  );
  return done ? undefined : out;
}
