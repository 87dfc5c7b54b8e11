import { useEffect, useRef, useState } from 'preact/hooks';
import { along } from './api';
import type { Standing } from './paper';

/** What of whom it is that is kept, for the list of what is not sent yet. */
export type Whose = {
  id: string;
  challengeId: string;
  reference: string;
  person: string | undefined;
  /** It is read, not written: nothing is kept. */
  locked: boolean;
  /** It was finished without a connection before. */
  submit: boolean;
};

/** Keeps in this browser what is typed until the server has it: a tab that dies loses nothing. */
export function useUnsent<T>(whose: Whose, base: { current: Standing<T> }, typed: T) {
  const { id, person } = whose;
  const [onDisk, setOnDisk] = useState<T>();
  const latest = useRef(typed);
  latest.current = typed;
  const submit = useRef(whose.submit);

  /** Writes what is typed now, and gives it. undefined where this browser keeps nothing. */
  const write = async (): Promise<T | undefined> => {
    if (!person || whose.locked) return undefined;
    const { putUnsent, keyOf, tab, look } = await along();
    const now = latest.current;
    const { version, typed: first } = base.current;
    try {
      await putUnsent({
        key: keyOf(person, id),
        assignment: id,
        challenge: whose.challengeId,
        reference: whose.reference,
        tab,
        base: { version, typed: first },
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
    void write().then((done) => !stale && setOnDisk(() => done));
    return () => {
      stale = true;
    };
  }, [typed]);

  // While it is open, this page sends it; when it closes, whoever comes next.
  useEffect(() => {
    void along().then(({ open, start }) => {
      open.add(id);
      start();
    });
    return () => void along().then(({ open }) => open.delete(id));
  }, [id]);

  return {
    /** What is typed, but for the last key perhaps, lies in this browser and not on the server. */
    kept: onDisk !== undefined,
    /** The last key too. */
    keptAll: onDisk === typed,
    /** The server has this: it need not be kept any longer, unless something was typed since. */
    confirmed: ({ review }: Standing<T>, value: T) => {
      if (review?.state === 'submitted') submit.current = false;
      if (!person) return;
      void along().then(async ({ dropUnsent, keyOf, look, noteReview }) => {
        if (review) await noteReview(person, id, review).catch(() => {});
        if (submit.current || latest.current !== value) return void write();
        setOnDisk(undefined);
        await dropUnsent(keyOf(person, id)).catch(() => {});
        await look(person).catch(() => {});
      });
    },
    /** The juror has finished without a connection: it is sent as soon as there is one. */
    finish: async () => {
      submit.current = true;
      const done = await write();
      setOnDisk(() => done);
      return done !== undefined;
    },
  };
}
