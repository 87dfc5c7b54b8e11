import { useEffect, useRef, useState } from 'preact/hooks';
import { along, type Desk, type Review } from './api';
import type { Typed } from './typed';

type Base = { version: number; typed: Typed };

/** Keeps in this browser what is typed until the server has it: a tab that dies loses nothing. */
export function useUnsent({ assignment, person, adopted }: Desk, base: { current: Base }, typed: Typed) {
  const [onDisk, setOnDisk] = useState<Typed>();
  const latest = useRef(typed);
  latest.current = typed;
  const submit = useRef(adopted?.submit ?? false);

  /** Writes what is typed now, and gives it. undefined where this browser keeps nothing. */
  const write = async (): Promise<Typed | undefined> => {
    if (!person || assignment.review.locked) return undefined;
    const { putUnsent, keyOf, tab, look } = await along();
    const now = latest.current;
    try {
      await putUnsent({
        key: keyOf(person, assignment.id),
        assignment: assignment.id,
        challenge: assignment.challengeId,
        reference: assignment.reference,
        tab,
        base: base.current,
        typed: now,
        submit: submit.current,
        at: Date.now(),
      });
      await look(person);
      return now;
    } catch {
      return undefined; // storage is off or full
    }
  };

  useEffect(() => {
    if (typed === base.current.typed) return setOnDisk(undefined);
    let stale = false;
    void write().then((done) => !stale && setOnDisk(done));
    return () => {
      stale = true;
    };
  }, [typed]);

  // While it is open, this page sends it; when it closes, whoever comes next.
  useEffect(() => {
    void along().then(({ open, start }) => {
      open.add(assignment.id);
      start();
    });
    return () => void along().then(({ open }) => open.delete(assignment.id));
  }, [assignment.id]);

  return {
    /** What is typed, but for the last key perhaps, lies in this browser and not on the server. */
    kept: onDisk !== undefined,
    /** The last key too. */
    keptAll: onDisk === typed,
    /** The server has this: it need not be kept any longer, unless something was typed since. */
    confirmed: (review: Review, value: Typed) => {
      if (review.state === 'submitted') submit.current = false;
      if (!person) return;
      void along().then(async ({ dropUnsent, keyOf, look, noteReview }) => {
        await noteReview(person, assignment.id, review).catch(() => {});
        if (submit.current || latest.current !== value) return void write();
        setOnDisk(undefined);
        await dropUnsent(keyOf(person, assignment.id)).catch(() => {});
        await look(person).catch(() => {});
      });
    },
    /** The juror has finished without a connection: it is sent as soon as there is one. */
    finish: async () => {
      submit.current = true;
      const done = await write();
      setOnDisk(done);
      return done !== undefined;
    },
  };
}
