import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { forThisTab } from '~/lib/storage';

type Kept<R> = { version: string; rows: R[] };

/**
 * Rows of an editor that are saved by a button, kept for this tab until then: whoever looks something up on
 * another page finds them again. What was written over an older version is forgotten.
 *
 * @param id names them, such as `criteria-${challenge}`
 * @param version of what the server has
 */
export function useRows<R>(id: string, version: string, initial: () => R[]) {
  const place = `ft.rows.${id}`;
  const before = useRef(read<R>(place, version));
  const [rows, setRows] = useState<R[]>(() => before.current ?? initial());
  const [unsaved, setUnsaved] = useState(before.current !== undefined);
  const change = (next: (rows: R[]) => R[]) => {
    const changed = next(rows);
    setRows(changed);
    setUnsaved(true);
    forThisTab.set(place, JSON.stringify({ version, rows: changed }));
  };
  const saved = () => {
    forThisTab.remove(place);
    setUnsaved(false);
  };
  return { rows, change, unsaved, saved };
}

function read<R>(place: string, version: string): R[] | undefined {
  try {
    const kept: Kept<R> | null = JSON.parse(forThisTab.get(place) ?? 'null');
    if (kept?.version === version) return kept.rows;
  } catch {
    // Written by an older program.
  }
  forThisTab.remove(place);
  return undefined;
}

/** Focuses an element by its id once the next drawing has brought it: what was added, or stands where something was removed. */
export function useFocusNext(): (id: string) => void {
  const next = useRef('');
  useLayoutEffect(() => {
    if (!next.current) return;
    document.getElementById(next.current)?.focus();
    next.current = '';
  });
  return (id) => {
    next.current = id;
  };
}
