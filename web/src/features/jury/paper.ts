import type { Language } from '~/i18n/languages';
import { type Review, type ReviewDraft, readAssignment, saveReview, submitReview } from './api';
import { draftOf, type Typed, typedOf } from './typed';

/** What the server has of a paper, and at which version; of a review all that it says. */
export type Standing<T> = { version: number; typed: T; review?: Review };

/**
 * Something that a juror fills in, alone but perhaps in several windows: a review, the sheet of a pitch, one of the
 * calibration round. Saving and handing over say over which version; a 412 tells that another window was faster.
 */
export type Paper<T> = {
  /** Names it in this browser. */
  id: string;
  read: () => Promise<Standing<T>>;
  save: (version: number, typed: T) => Promise<Standing<T>>;
  /** Makes what was saved count, where that is an act of its own. */
  submit?: (version: number) => Promise<Standing<T>>;
};

/** Own review of an assigned entry; `page` is its language as long as it has none. */
export function reviewPaper(
  assignment: string,
  page: Language,
): Paper<Typed> & {
  standing: (review: Review) => Standing<Typed>;
} {
  const standing = (review: Review) => ({ version: review.version, typed: typedOf(review, page), review });
  return {
    id: assignment,
    standing,
    read: async () => standing((await readAssignment(assignment)).review),
    save: async (version, typed: Typed) =>
      standing(await saveReview(assignment, version, draftOf(typed) satisfies ReviewDraft)),
    submit: async (version) => standing(await submitReview(assignment, version)),
  };
}
