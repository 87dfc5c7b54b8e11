import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import type { Criterion } from './api';

export type Sheet = Record<string, number>;

/** The review's total, 0 to 100, as the server computes it; undefined while a criterion is missing. */
export function totalOf(criteria: Criterion[], sheet: Sheet): number | undefined {
  let sum = 0;
  let weights = 0;
  for (const each of criteria) {
    const score = sheet[each.id];
    if (score === undefined) return undefined;
    sum += (each.weight * (score - each.lowest)) / (each.highest - each.lowest);
    weights += each.weight;
  }
  return weights > 0 ? (100 * sum) / weights : undefined;
}

/** Scores by criterion out of the API's list. */
export function sheetOf(scores: { criterionId: string; score: number }[]): Sheet {
  return Object.fromEntries(scores.map((each) => [each.criterionId, each.score]));
}

/** Scores as the API takes them, in the rubric's order. */
export function scoresOf(criteria: Criterion[], sheet: Sheet): { criterionId: string; score: number }[] {
  return criteria.flatMap((each) => {
    const score = sheet[each.id];
    return score === undefined ? [] : [{ criterionId: each.id, score }];
  });
}

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5, as totals are shown. */
export function oneDecimal(value: number, language: Language): string {
  return number(value, language, tenths);
}
