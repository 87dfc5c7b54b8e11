import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { queries } from '~/api/query';
import { countCharacters } from '~/i18n/count';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Merged, Other } from '~/lib/merge';
import { useAutosave } from '~/lib/use-autosave';
import type { FormErrors } from '~/lib/use-form';
import { along, type Desk, type Queue, type Review, readAssignment, saveReview, submitReview } from './api';
import { messages } from './messages';
import { totalOf } from './total';
import { draftOf, type Typed, typedOf } from './typed';
import { useUnsent } from './use-unsent';

/** Least characters of the comment to the team; the server asks for the same. */
const minComment = 20;

/** Name of a criterion's field, to which the error summary links. */
export const scoreField = (criterion: string) => `score-${criterion}`;

/** Saving waits until the juror has settled what two windows changed. */
class Unsettled extends Error {}

/**
 * What the juror types: kept in this browser at once, saved on the server 2 s after typing stops, submitted as
 * one. What another window saved meanwhile is joined with it; where both changed the same, the juror decides.
 */
export function useReview({ assignment, person, adopted }: Desk, queue: Queue) {
  const t = useMessages(messages);
  const page = useLanguage();
  const [review, setReview] = useState(assignment.review);
  const base = useRef({ version: review.version, typed: typedOf(review, page) });
  const assignmentTyped = useRef(base.current.typed);
  const [typed, setTyped] = useState<Typed>(adopted?.value ?? base.current.typed);
  const [errors, setErrors] = useState<FormErrors>();
  const [found, setFound] = useState(told(adopted));
  const [sending, setSending] = useState(false);
  const clashes = useRef(found?.clashes.length ?? 0);
  clashes.current = found?.clashes.length ?? 0;
  const refused = useRef<unknown>();
  const unsent = useUnsent({ assignment, person, adopted }, base, typed);

  const keep = (next: Review, value: Typed) => {
    base.current = { version: next.version, typed: value };
    setReview(next);
    noteInQueue(queue.challengeId, assignment.id, next);
    unsent.confirmed(next, value);
  };

  const save = useAutosave(
    typed,
    async (value) => {
      // After a refusal every further try would be refused as well.
      if (refused.current) throw refused.current;
      if (clashes.current > 0) throw new Unsettled();
      try {
        keep(await saveReview(assignment.id, base.current.version, draftOf(value)), value);
      } catch (failure) {
        if (failure instanceof ProblemError && failure.status === 412) return await overtaken(value);
        if (failure instanceof ProblemError && [404, 409].includes(failure.status)) {
          refused.current = failure;
          fail({}, failure.message);
        }
        throw failure;
      }
    },
    undefined,
    assignmentTyped.current,
  );

  /** Another window was faster: what it saved and what was typed here become one. */
  const overtaken = async (value: Typed) => {
    const [{ merge, same }, { review: now }] = await Promise.all([along(), readAssignment(assignment.id)]);
    const theirs = typedOf(now, page);
    const joined = merge(base.current.typed, value, theirs);
    base.current = { version: now.version, typed: theirs };
    setReview(now);
    clashes.current = joined.clashes.length;
    setFound(told(joined));
    // What was typed since then stands over both.
    setTyped((latest) => merge(value, latest, joined.value).value);
    if (joined.clashes.length > 0) throw new Unsettled();
    keep(
      same(joined.value, theirs) ? now : await saveReview(assignment.id, now.version, draftOf(joined.value)),
      joined.value,
    );
  };

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
    else if (clashes.current > 0) fail({}, t('settle'));
    else return false;
    return true;
  };

  /** 'kept' where there was no connection; anything else is told. */
  const unsentBecause = async (failure: unknown): Promise<'kept' | undefined> => {
    if (failure instanceof Unsettled) return undefined;
    if (!(failure instanceof ProblemError)) {
      console.error(failure);
      fail({}, t('failed'));
    } else if (failure.status === 0 && (await unsent.finish())) {
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
      if (clashes.current > 0) return undefined;
      keep(await submitReview(assignment.id, base.current.version), base.current.typed);
      setErrors(undefined);
      return 'sent';
    } catch (failure) {
      return await unsentBecause(failure);
    } finally {
      setSending(false);
    }
  };

  /** The other window's version takes the place of what was typed here. */
  const take = async (other: Other) => {
    const { put } = await along();
    setTyped((before) => put(before, other.path, other.theirs));
    settle(other);
  };

  const settle = (other?: Other) =>
    setFound((before) => {
      const left = before?.clashes.filter((each) => other && each !== other) ?? [];
      clashes.current = left.length;
      return told({ taken: before?.taken ?? [], clashes: left });
    });

  // Once everything is settled it is saved without waiting for another key.
  const open = found?.clashes.length ?? 0;
  useEffect(() => {
    if (open === 0) void save.flush().catch(() => {});
  }, [open]);

  return {
    review,
    typed,
    save,
    kept: unsent.kept,
    keptAll: unsent.keptAll,
    errors,
    found,
    take,
    /** What was typed here stays, whatever the other window says. */
    keepMine: () => settle(),
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

type Found = Pick<Merged<unknown>, 'taken' | 'clashes'>;

const told = (found: Found | undefined): Found | undefined =>
  found && found.taken.length + found.clashes.length > 0
    ? { taken: found.taken, clashes: found.clashes }
    : undefined;

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
