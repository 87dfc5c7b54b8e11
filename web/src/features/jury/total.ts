import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import type { Criterion, Scored } from './api';

/** Scores by criterion; 'skip': the criterion does not apply to the entry. */
export type Sheet = Record<string, number | 'skip'>;

/** The review's total, 0 to 100, as the server computes it: over the criteria that apply; undefined while one is missing. */
export function totalOf(criteria: Criterion[], sheet: Sheet): number | undefined {
  let sum = 0;
  let weights = 0;
  for (const each of criteria) {
    const score = sheet[each.id];
    if (score === undefined) return undefined;
    if (score === 'skip') continue;
    sum += (each.weight * (score - each.lowest)) / (each.highest - each.lowest);
    weights += each.weight;
  }
  return weights > 0 ? (100 * sum) / weights : undefined;
}

/** Scores by criterion out of the API's list. */
export function sheetOf(scores: Scored[]): Sheet {
  return Object.fromEntries(scores.map((each) => [each.criterionId, each.score ?? 'skip']));
}

/** Scores as the API takes them. */
export function scoresOf(sheet: Sheet): Scored[] {
  return Object.entries(sheet).map(([criterionId, score]) =>
    score === 'skip' ? { criterionId } : { criterionId, score },
  );
}

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5, as totals are shown. */
export function oneDecimal(value: number, language: Language): string {
  return number(value, language, tenths);
}
