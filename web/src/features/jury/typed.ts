import type { Language } from '~/i18n/languages';
import type { Review, ReviewDraft } from './api';
import { type Sheet, scoresOf, sheetOf } from './total';

/** What a juror types into a review. */
export type Typed = { scores: Sheet; toTeam: string; toJury: string; language: Language };

export function typedOf(review: Review, page: Language): Typed {
  return {
    scores: sheetOf(review.scores),
    toTeam: review.toTeam,
    toJury: review.toJury,
    language: review.version === 0 ? page : review.language,
  };
}

/** As the API takes it. */
export const draftOf = (typed: Typed): ReviewDraft => ({ ...typed, scores: scoresOf(typed.scores) });
