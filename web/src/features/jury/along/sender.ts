import { ProblemError } from '~/api/problem';
import { merge, same } from '~/lib/merge';
import { type Review, readAssignment, saveReview, submitReview } from '../api';
import { draftOf, typedOf } from '../typed';
import { noteReview } from './kept';
import { dropUnsent, living, putUnsent, tab, type Unsent, unsentOf } from './unsent';
import { open, waiting } from './waiting';

/** Shows anew what is left to send. */
export async function look(person: string): Promise<void> {
  waiting.set(await unsentOf(person));
}

/**
 * Sends what no open page is about to send itself: what other tabs left behind, and what was finished here without
 * a connection. One tab at a time does it.
 */
export async function sendAll(person: string): Promise<void> {
  const work = async () => {
    const alive = await living();
    for (const each of await unsentOf(person)) {
      const theirs = each.tab !== tab && alive.has(each.tab);
      if (theirs || (each.tab === tab && open.has(each.assignment))) continue;
      if ((await send(person, each)) === 'waits') break;
    }
  };
  if (navigator.locks)
    await navigator.locks.request('ft.jury.send', { ifAvailable: true }, (mine) =>
      mine ? work() : undefined,
    );
  else await work();
  await look(person);
}

/** Done: it is settled, one way or the other; waits: there is no connection. */
async function send(person: string, draft: Unsent): Promise<'done' | 'waits'> {
  try {
    let review: Review;
    try {
      review = await saveReview(draft.assignment, draft.base.version, draftOf(draft.typed));
    } catch (failure) {
      if (!(failure instanceof ProblemError && failure.status === 412)) throw failure;
      const now = await readAssignment(draft.assignment);
      const theirs = typedOf(now.review, draft.typed.language);
      const joined = merge(draft.base.typed, draft.typed, theirs);
      if (joined.clashes.length > 0) {
        await putUnsent({ ...draft, stuck: 'clash' });
        return 'done';
      }
      draft = { ...draft, base: { version: now.review.version, typed: theirs }, typed: joined.value };
      await putUnsent(draft);
      review = same(theirs, draft.typed)
        ? now.review
        : await saveReview(draft.assignment, draft.base.version, draftOf(draft.typed));
    }
    if (draft.submit) review = await submitReview(draft.assignment, review.version);
    await noteReview(person, draft.assignment, review);
    await dropUnsent(draft.key);
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    if (failure.status === 0 || failure.status === 429 || failure.status >= 500 || failure.status === 401)
      return 'waits';
    await putUnsent({ ...draft, stuck: failure.message });
  }
  return 'done';
}
