import type { Decision, Draft, Outcome, Row } from './api';

/** What is typed for one entry; '' where nothing is chosen yet. */
export type Choice = {
  outcome: Outcome | '';
  place: string;
  slot: string;
  prize: string;
  reason: string;
  feedback: string;
};

export type Choices = Record<string, Choice>;

/** The choices as the server has them. */
export function choicesOf(decision: Decision): Choices {
  return Object.fromEntries(decision.rows.map((row) => [row.entryId, choiceOf(row)]));
}

function choiceOf(row: Row): Choice {
  return {
    outcome: row.outcome ?? '',
    place: row.place === undefined ? '' : String(row.place),
    slot: row.slotId ?? '',
    prize: row.prizeId ?? '',
    reason: row.reason,
    feedback: row.feedback,
  };
}

/** The next free place among those with an outcome. */
export function nextPlace(choices: Choices, outcome: Outcome): string {
  const taken = Object.values(choices)
    .filter((each) => each.outcome === outcome)
    .map((each) => Number(each.place) || 0);
  return String(Math.max(0, ...taken) + 1);
}

/** What the server takes: entries without an outcome are left out. `order` maps its pointers back. */
export function draftOf(choices: Choices, language: Draft['language']): { draft: Draft; order: string[] } {
  const decided = Object.entries(choices).filter(([, each]) => each.outcome !== '');
  return {
    order: decided.map(([entry]) => entry),
    draft: {
      language,
      choices: decided.map(([entryId, each]) => ({
        entryId,
        outcome: each.outcome as Outcome,
        place: each.outcome === 'not_selected' ? undefined : Number(each.place) || undefined,
        reason: each.reason,
        feedback: each.feedback,
        slotId: each.outcome === 'winner' ? each.slot || undefined : undefined,
        prizeId: each.outcome === 'winner' ? each.prize || undefined : undefined,
      })),
    },
  };
}

const names: Record<string, keyof Choice> = { slotId: 'slot', prizeId: 'prize' };

/** Name of a field on the page, to which the error summary links. */
export const fieldOf = (entry: string, name: string) => `${entry}-${names[name] ?? name}`;

/** The server's names → the page's: choices.2.place and entries.<id>.slotId. */
export function renamed(fields: Record<string, string>, order: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => {
      const [kind, at = '', field = ''] = name.split('.');
      if (kind === 'choices') return [fieldOf(order[Number(at)] ?? at, field), text];
      if (kind === 'entries') return [fieldOf(at, field), text];
      return [name, text];
    }),
  );
}
