import type { AnswerVersion, History } from './api';

/** A text that an answer had before, with the submissions that carried it. */
export type EarlierText = { key: string; value: string; at: string; by?: string; sent: number[] };

/**
 * The texts that an answer had, newest first: those kept while it was written, and those that were sent.
 * A text that was both is one; the answer as it is now is none of them, whatever was sent of it.
 */
export function earlierTexts(
  kept: AnswerVersion[],
  history: History,
  field: string,
  now: string,
): { earlier: EarlierText[]; nowSent: number[] } {
  const earlier: EarlierText[] = kept
    .filter((each) => each.value !== now)
    .map(({ version, value, writtenAt, writtenBy }) => ({
      key: `v${version}`,
      value,
      at: writtenAt,
      by: writtenBy,
      sent: [],
    }));
  const nowSent: number[] = [];
  for (const version of history.versions) {
    const value = version.answers[field] ?? '';
    if (version.kind === 'draft' || value === '') continue;
    if (value === now) {
      nowSent.push(version.number);
      continue;
    }
    const same = earlier.find((each) => each.value === value);
    if (same) same.sent.push(version.number);
    else
      earlier.push({
        key: `s${version.number}`,
        value,
        at: version.at,
        by: version.by,
        sent: [version.number],
      });
  }
  earlier.sort((a, b) => b.at.localeCompare(a.at));
  return { earlier, nowSent };
}
