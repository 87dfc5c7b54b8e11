import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { type Merged, merge, type Other, put } from './merge';
import { forThisTab } from './storage';

/** What the server has, and at which version. */
export type Standing<T> = { value: T; version: number | string };

type Kept<T> = { base: Standing<T>; draft: T };

/**
 * Something that is edited as a whole and saved by a button, while others may edit it too. What is typed is
 * kept for this tab until it is saved. Where somebody else saved first, both are joined; `overtaken` says
 * what came from the other one and what clashes, and nothing is written over them unseen.
 *
 * @param id names what is edited: `criteria-${challenge}`
 * @param first what the server has when the editor opens
 */
export function useDraft<T>(id: string, first: Standing<T>) {
  const place = `ft.draft.${id}`;
  const [start] = useState(() => begin(place, first));
  const [draft, setDraft] = useState<T>(start.draft);
  const [base, setBase] = useState(first);
  const [overtaken, setOvertaken] = useState(start.overtaken);
  const [unsaved, setUnsaved] = useState(start.kept);
  const latest = useRef(draft);
  latest.current = draft;
  const known = useRef(draft);
  useLayoutEffect(() => {
    if (draft === known.current) return;
    forThisTab.set(place, JSON.stringify({ base, draft } satisfies Kept<T>));
    setUnsaved(true);
  }, [draft, base, place]);

  const sent = async (value: T, version: number | string, send: Send<T>) => {
    const now = await send(value, version);
    setBase(now);
    setOvertaken(undefined);
    known.current = now.value;
    // What was typed while the answer was on its way is still to be saved.
    if (latest.current !== value) return;
    setDraft(now.value);
    forThisTab.remove(place);
    setUnsaved(false);
  };

  /**
   * Sends the draft over the version it was begun from. On a 412 it is joined with what `read` gives, and sent
   * again where the other touched nothing of it. Gives whether it was saved.
   */
  const save = async (send: Send<T>, read: () => Promise<Standing<T>>): Promise<boolean> => {
    try {
      await sent(latest.current, base.version, send);
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 412)) throw error;
    }
    const now = await read();
    const joined = merge(base.value, latest.current, now.value);
    setBase(now);
    setDraft(joined.value);
    if (told(joined)) {
      setOvertaken(joined);
      return false;
    }
    latest.current = joined.value;
    await sent(joined.value, now.version, send);
    return true;
  };

  /** Puts the other's version of a clash in the place of what was typed here. */
  const take = (other: Other) => {
    setDraft((before) => put(before, other.path, other.theirs));
    setOvertaken((before) =>
      told({ taken: before?.taken ?? [], clashes: before?.clashes.filter((each) => each !== other) ?? [] }),
    );
  };

  return { draft, setDraft, overtaken, unsaved, save, take };
}

type Send<T> = (value: T, version: number | string) => Promise<Standing<T>>;
type Told = Pick<Merged<unknown>, 'taken' | 'clashes'>;

const told = (found: Told): Told | undefined =>
  found.taken.length + found.clashes.length > 0 ? found : undefined;

/** What this tab had not saved, joined with what the server has by now; else what the server has. */
function begin<T>(place: string, now: Standing<T>): { draft: T; kept: boolean; overtaken?: Told } {
  try {
    const kept: Kept<T> | null = JSON.parse(forThisTab.get(place) ?? 'null');
    if (kept?.base.version === now.version) return { draft: kept.draft, kept: true };
    if (kept) {
      const joined = merge(kept.base.value, kept.draft, now.value);
      return { draft: joined.value, kept: true, overtaken: told(joined) };
    }
  } catch {
    // Written by an older program: what the server has stands.
  }
  return { draft: now.value, kept: false };
}
