import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { countCharacters } from '~/i18n/count';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { FormErrors } from '~/lib/use-form';
import { type Desk, type Queue, type Review, submitReview } from './api';
import { messages } from './messages';
import { reviewPaper } from './paper';
import { totalOf } from './total';
import type { Typed } from './typed';
import { Unsettled, useKept } from './use-kept';

/** Least characters of the comment to the team; the server asks for the same. */
const minComment = 20;

/** Name of a criterion's field, to which the error summary links. */
export const scoreField = (criterion: string) => `score-${criterion}`;

/** What the juror types on a review, and the one act that submits it. */
export function useReview({ assignment, person, adopted }: Desk, queue: Queue) {
  const t = useMessages(messages);
  const page = useLanguage();
  const paper = reviewPaper(assignment.id, page);
  const [review, setReview] = useState(assignment.review);
  const [errors, setErrors] = useState<FormErrors>();
  const [sending, setSending] = useState(false);
  const kept = useKept(
    paper,
    {
      challengeId: assignment.challengeId,
      reference: assignment.reference,
      person,
      locked: assignment.review.locked,
      standing: paper.standing(assignment.review),
      adopted,
    },
    {
      saved: ({ review: now }) => {
        if (!now) return;
        setReview(now);
        noteInQueue(queue.challengeId, assignment.id, now);
      },
      refused: (failure) => fail({}, failure.message),
    },
  );
  const { typed, setTyped, save } = kept;

  const fail = (fields: Record<string, string>, message?: string, requestId?: string) =>
    setErrors((before) => ({ fields, message, requestId, attempt: (before?.attempt ?? 0) + 1 }));

  const faults = (): Record<string, string> => {
    const out: Record<string, string> = {};
    for (const each of queue.criteria) {
      if (typed.scores[each.id] === undefined)
        out[scoreField(each.id)] = t('score.missing', { name: textIn(each.name, page).text });
    }
    // Nothing to score at all is for the chair to settle, not for a total.
    if (queue.criteria.every((each) => typed.scores[each.id] === 'skip'))
      out[scoreField(queue.criteria[0]?.id ?? '')] = t('skip.all');
    const length = countCharacters(typed.toTeam.trim());
    if (length === 0) out.toTeam = t('toTeam.missing');
    else if (length < minComment) out.toTeam = t('toTeam.short', { n: minComment });
    return out;
  };

  /** What keeps it from being sent, told at the fields or above them. */
  const hindered = (): boolean => {
    const missing = faults();
    if (Object.keys(missing).length > 0) fail(missing);
    else if (kept.unsettled()) fail({}, t('settle'));
    else return false;
    return true;
  };

  /** 'kept' where there was no connection; anything else is told. */
  const unsentBecause = async (failure: unknown): Promise<'kept' | undefined> => {
    if (failure instanceof Unsettled) return undefined;
    if (!(failure instanceof ProblemError)) {
      console.error(failure);
      fail({}, t('failed'));
    } else if (failure.status === 0 && (await kept.finish())) {
      return 'kept';
    } else {
      fail(renamed(failure.fields), failure.message, failure.requestId);
    }
    return undefined;
  };

  /** 'sent' once the server has it; 'kept' when there is no connection and it lies in this browser, to be sent. */
  const submit = async (): Promise<'sent' | 'kept' | undefined> => {
    if (sending || hindered()) return undefined;
    setSending(true);
    try {
      await save.flush();
      // What was joined on the way is to be looked at before it counts.
      if (kept.unsettled()) return undefined;
      const { version, typed: saved } = kept.base.current;
      kept.keep(paper.standing(await submitReview(assignment.id, version)), saved);
      setErrors(undefined);
      return 'sent';
    } catch (failure) {
      return await unsentBecause(failure);
    } finally {
      setSending(false);
    }
  };

  return {
    ...kept,
    review,
    errors,
    sending,
    submit,
    total: totalOf(queue.criteria, typed.scores),
    missing: queue.criteria.filter((each) => typed.scores[each.id] === undefined).length,
    set: (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change })),
    score: (criterion: string, score: number | 'skip') =>
      setTyped((before) => ({ ...before, scores: { ...before.scores, [criterion]: score } })),
  };
}

export type ReviewState = ReturnType<typeof useReview>;

/** scores.<criterion> of the API → the page's field. */
function renamed(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [name.replace(/^scores\./, 'score-'), text]),
  );
}

/** The queue beside follows without asking the server again. */
function noteInQueue(challenge: string, assignment: string, review: Review): void {
  queries.setQueryData<Queue>(['jury', 'queue', challenge], (queue) =>
    queue
      ? {
          ...queue,
          items: queue.items.map((item) =>
            item.assignmentId === assignment
              ? { ...item, state: review.state, scores: review.scores, total: review.total }
              : item,
          ),
        }
      : queue,
  );
}
