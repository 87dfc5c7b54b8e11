import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { countCharacters } from '~/i18n/count';
import type { Language } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useAutosave } from '~/lib/use-autosave';
import type { FormErrors } from '~/lib/use-form';
import { type Assignment, type Queue, type Review, saveReview, submitReview } from './api';
import { messages } from './messages';
import { type Sheet, scoresOf, sheetOf, totalOf } from './total';

export type Typed = { scores: Sheet; toTeam: string; toJury: string; language: Language };

/** Least characters of the comment to the team; the server asks for the same. */
const minComment = 20;

/** Name of a criterion's field, to which the error summary links. */
export const scoreField = (criterion: string) => `score-${criterion}`;

/** What the juror types: saved 2 s after it stops, submitted as one, never over another tab's version. */
export function useReview(assignment: Assignment, queue: Queue) {
  const t = useMessages(messages);
  const page = useLanguage();
  const [review, setReview] = useState(assignment.review);
  const [typed, setTyped] = useState<Typed>(() => typedOf(assignment.review, page));
  const [errors, setErrors] = useState<FormErrors>();
  const [overtaken, setOvertaken] = useState(false);
  const [sending, setSending] = useState(false);
  const version = useRef(assignment.review.version);
  const refused = useRef<unknown>();

  const keep = (next: Review) => {
    version.current = next.version;
    setReview(next);
    noteInQueue(queue.challengeId, assignment.id, next);
  };

  const save = useAutosave(typed, async (value) => {
    // After another tab was faster every further try would be refused as well.
    if (refused.current) throw refused.current;
    try {
      keep(
        await saveReview(assignment.id, version.current, {
          ...value,
          scores: scoresOf(queue.criteria, value.scores),
        }),
      );
    } catch (failure) {
      if (failure instanceof ProblemError && [404, 409, 412].includes(failure.status)) {
        refused.current = failure;
        if (failure.status === 412) setOvertaken(true);
        else fail({}, failure.message);
      }
      throw failure;
    }
  });

  const fail = (fields: Record<string, string>, message?: string, requestId?: string) =>
    setErrors((before) => ({ fields, message, requestId, attempt: (before?.attempt ?? 0) + 1 }));

  const faults = (): Record<string, string> => {
    const out: Record<string, string> = {};
    for (const each of queue.criteria) {
      if (typed.scores[each.id] === undefined)
        out[scoreField(each.id)] = t('score.missing', { name: textIn(each.name, page).text });
    }
    // Nothing to score at all is for the chair to settle, not for a total.
    if (queue.criteria.every((each) => typed.scores[each.id] === null))
      out[scoreField(queue.criteria[0]?.id ?? '')] = t('skip.all');
    const length = countCharacters(typed.toTeam.trim());
    if (length === 0) out.toTeam = t('toTeam.missing');
    else if (length < minComment) out.toTeam = t('toTeam.short', { n: minComment });
    return out;
  };

  /** True once the server has it. */
  const submit = async (): Promise<boolean> => {
    if (sending) return false;
    const missing = faults();
    if (Object.keys(missing).length > 0) {
      fail(missing);
      return false;
    }
    setSending(true);
    try {
      await save.flush();
      keep(await submitReview(assignment.id, version.current));
      setErrors(undefined);
      return true;
    } catch (failure) {
      if (!(failure instanceof ProblemError)) {
        console.error(failure);
        fail({}, t('failed'));
      } else if (failure.status !== 412) {
        fail(renamed(failure.fields), failure.message, failure.requestId);
      }
      return false;
    } finally {
      setSending(false);
    }
  };

  return {
    review,
    typed,
    save,
    errors,
    overtaken,
    sending,
    submit,
    total: totalOf(queue.criteria, typed.scores),
    missing: queue.criteria.filter((each) => typed.scores[each.id] === undefined).length,
    set: (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change })),
    score: (criterion: string, score: number | null) =>
      setTyped((before) => ({ ...before, scores: { ...before.scores, [criterion]: score } })),
  };
}

export type ReviewState = ReturnType<typeof useReview>;

function typedOf(review: Review, page: Language): Typed {
  return {
    scores: sheetOf(review.scores),
    toTeam: review.toTeam,
    toJury: review.toJury,
    language: review.version === 0 ? page : review.language,
  };
}

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
