import type { components } from '~/api/schema';
import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';
import type { Scored } from './api';

type Criterion = components['schemas']['JuryCriterion'];

/** Scores by criterion; 'skip': the criterion does not apply. */
export type Sheet = Record<string, number | 'skip'>;

export function sheetOf(scores: Scored[]): Sheet {
  return Object.fromEntries(scores.map((each) => [each.criterionId, each.score ?? 'skip']));
}

export function scoresOf(sheet: Sheet): Scored[] {
  return Object.entries(sheet).map(([criterionId, score]) =>
    score === 'skip' ? { criterionId } : { criterionId, score },
  );
}

/** The total as the server computes it, 0 to 100; undefined while a criterion is missing. */
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

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5. */
export function points(value: number, language: Language): string {
  return number(value, language, tenths);
}
