import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import type { Merged, Other } from '~/lib/merge';
import { useAutosave } from '~/lib/use-autosave';
import type { Adopted } from './along/adopt';
import { along } from './api';
import type { Paper, Standing } from './paper';
import { useUnsent, type Whose } from './use-unsent';

/** Saving waits until the juror has settled what two windows changed. */
export class Unsettled extends Error {}

export type Opened<T> = Omit<Whose, 'id' | 'submit'> & {
  /** What the server had when the page opened, and what earlier tabs have left. */
  standing: Standing<T>;
  adopted: Adopted<T> | undefined;
};

type On<T> = {
  /** The server has said that it has this. */
  saved?: (now: Standing<T>) => void;
  /** The server does not take it any more. */
  refused?: (failure: ProblemError) => void;
};

/**
 * What a juror types on a paper: kept in this browser at once, saved on the server 2 s after typing stops. What
 * another window saved meanwhile is joined with it; where both changed the same, the juror decides.
 */
export function useKept<T>(paper: Paper<T>, opened: Opened<T>, on: On<T> = {}) {
  const { adopted, ...whose } = opened;
  const base = useRef(opened.standing);
  const known = useRef(opened.standing.typed);
  const [typed, setTyped] = useState<T>(() => adopted?.value ?? opened.standing.typed);
  const [found, setFound] = useState(told(adopted));
  const clashes = useRef(0);
  clashes.current = found?.clashes.length ?? 0;
  const refused = useRef<unknown>();
  const unsent = useUnsent({ ...whose, id: paper.id, submit: adopted?.submit ?? false }, base, typed);

  const keep = (now: Standing<T>, value: T) => {
    base.current = { ...now, typed: value };
    on.saved?.(now);
    unsent.confirmed(now, value);
  };

  const save = useAutosave(
    typed,
    async (value) => {
      // After a refusal every further try would be refused as well.
      if (refused.current) throw refused.current;
      if (clashes.current > 0) throw new Unsettled();
      try {
        keep(await paper.save(base.current.version, value), value);
      } catch (failure) {
        if (failure instanceof ProblemError && failure.status === 412) return await overtaken(value);
        if (failure instanceof ProblemError && [404, 409].includes(failure.status)) {
          refused.current = failure;
          on.refused?.(failure);
        }
        throw failure;
      }
    },
    undefined,
    known.current,
  );

  /** Another window was faster: what it saved and what was typed here become one. */
  const overtaken = async (value: T) => {
    const [{ merge, same }, now] = await Promise.all([along(), paper.read()]);
    const joined = merge(base.current.typed, value, now.typed);
    base.current = now;
    on.saved?.(now);
    clashes.current = joined.clashes.length;
    setFound(told(joined));
    // What was typed since then stands over both.
    setTyped((latest) => merge(value, latest, joined.value).value);
    if (joined.clashes.length > 0) throw new Unsettled();
    keep(same(joined.value, now.typed) ? now : await paper.save(now.version, joined.value), joined.value);
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
    typed,
    setTyped,
    save,
    kept: unsent.kept,
    keptAll: unsent.keptAll,
    finish: unsent.finish,
    found,
    /** The other window's version takes the place of what was typed here. */
    take: async (other: Other) => {
      const { put } = await along();
      setTyped((before) => put(before, other.path, other.theirs));
      settle(other);
    },
    /** What was typed here stays, whatever the other window says. */
    keepMine: () => settle(),
    /** Both windows changed the same, and the juror has not chosen. */
    unsettled: () => clashes.current > 0,
    /** What the server has now. */
    base,
    keep,
  };
}

export type KeptState = Pick<
  ReturnType<typeof useKept>,
  'save' | 'kept' | 'keptAll' | 'found' | 'take' | 'keepMine'
>;

type Found = Pick<Merged<unknown>, 'taken' | 'clashes'>;

const told = (found: Found | undefined): Found | undefined =>
  found && found.taken.length + found.clashes.length > 0
    ? { taken: found.taken, clashes: found.clashes }
    : undefined;
