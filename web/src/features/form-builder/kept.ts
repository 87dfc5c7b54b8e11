import { useEffect, useRef, useState } from 'preact/hooks';
import { forThisTab } from '~/lib/storage';
import { type Draft, draftOf, type FormDraft } from './draft';

const place = (id: string) => `ft.form.${id}`;

/** What this tab had not saved, if it was written over the version that the server still has; else what the server has. */
export function kept(form: FormDraft): Draft {
  try {
    const found = JSON.parse(forThisTab.get(place(form.challengeId)) ?? 'null');
    if (found?.version === form.version) return found.draft;
  } catch {
    // Written by an older program: the server's form stands.
  }
  return draftOf(form);
}

/** Keeps a draft for the tab until it is saved. `saved` says which one the server has now. */
export function useKeep(id: string, version: number, draft: Draft) {
  const known = useRef(draft);
  const latest = useRef(draft);
  latest.current = draft;
  const [unsaved, setUnsaved] = useState(() => forThisTab.get(place(id)) !== null);
  useEffect(() => {
    if (draft === known.current) return;
    forThisTab.set(place(id), JSON.stringify({ version, draft }));
    setUnsaved(true);
  }, [draft, version]);
  const saved = (sent: Draft) => {
    known.current = sent;
    // What was typed while the answer was on its way is still to be saved.
    if (latest.current !== sent) return;
    forThisTab.remove(place(id));
    setUnsaved(false);
  };
  const drop = () => forThisTab.remove(place(id));
  return { unsaved, saved, drop };
}
