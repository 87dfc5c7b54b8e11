import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import type { Criterion, Scored } from './api';

/** Scores by criterion; null: the criterion does not apply to the entry. */
export type Sheet = Record<string, number | null>;

/** The review's total, 0 to 100, as the server computes it: over the criteria that apply; undefined while one is missing. */
export function totalOf(criteria: Criterion[], sheet: Sheet): number | undefined {
  let sum = 0;
  let weights = 0;
  for (const each of criteria) {
    const score = sheet[each.id];
    if (score === undefined) return undefined;
    if (score === null) continue;
    sum += (each.weight * (score - each.lowest)) / (each.highest - each.lowest);
    weights += each.weight;
  }
  return weights > 0 ? (100 * sum) / weights : undefined;
}

/** Scores by criterion out of the API's list. */
export function sheetOf(scores: Scored[]): Sheet {
  return Object.fromEntries(scores.map((each) => [each.criterionId, each.score ?? null]));
}

/** Scores as the API takes them, in the rubric's order. */
export function scoresOf(criteria: Criterion[], sheet: Sheet): Scored[] {
  return criteria.flatMap((each) => {
    const score = sheet[each.id];
    return score === undefined ? [] : [{ criterionId: each.id, score: score ?? undefined }];
  });
}

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5, as totals are shown. */
export function oneDecimal(value: number, language: Language): string {
  return number(value, language, tenths);
}
