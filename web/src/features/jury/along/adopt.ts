import { type Merged, merge, same } from '~/lib/merge';
import type { Assignment } from '../api';
import type { Standing } from '../paper';
import { type Typed, typedOf } from '../typed';
import { keyOf, living, replaceUnsent, tab, type Unsent, unsentOf } from './unsent';

/** What earlier tabs typed and the server does not have, joined with what it has. */
export type Adopted<T> = Merged<T> & {
  /** It was finished without a connection and is to count. */
  submit: boolean;
};

/** Takes over what is left of a review. What was typed before a lock stays, for the juror to read that it came too late. */
export async function adoptReview(
  person: string,
  { id, review }: Assignment,
): Promise<Adopted<Typed> | undefined> {
  if (review.locked) return undefined;
  return adopt<Typed>(person, id, ({ language }) => ({
    version: review.version,
    typed: typedOf(review, language),
  }));
}

/**
 * Takes over what tabs that are gone have left of a paper. What they typed stands over what the server has, unless
 * both changed the same: that is told, and nothing is sent until the juror has looked.
 *
 * @param standing what the server has, given what the oldest of them typed
 */
export async function adopt<T>(
  person: string,
  paper: string,
  standing: (typed: T) => Standing<T>,
): Promise<Adopted<T> | undefined> {
  const alive = await living();
  const left = (await unsentOf<T>(person, `${paper}/`)).filter(
    (each) => each.tab === tab || !alive.has(each.tab),
  );
  const first = left[0];
  if (!first) return undefined;
  const base = standing(first.typed);
  const submit = left.some((each) => each.submit);
  const out: Adopted<T> = { value: base.typed, taken: [], clashes: [], submit };
  for (const each of left) {
    const joined = merge(each.base.typed, each.typed, out.value);
    out.value = joined.value;
    out.clashes.push(...joined.clashes);
  }
  const done = same(out.value, base.typed) && !submit;
  const now: Unsent<T> = {
    ...first,
    key: keyOf(person, paper),
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
