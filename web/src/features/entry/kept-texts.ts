import type { EntryAnswer } from './api';

// What was typed and not saved yet stays in this browser: a tab that is closed, a train without a
// line and a session that runs out lose nothing. It is kept by person, so that the next one at this
// computer does not see it, and signing out takes it away. It is kept by tab, so that two tabs do not
// write over each other; what a closed tab left is taken up by the next one that opens the entry.

/** A text and the version of the answer that it was typed over. */
export type Typed = { value: string; version: number };
type Kept = Typed & { at: number };

const prefix = 'ft.typed.';
const tab = crypto.randomUUID();
const place = (person: string, entry: string, of = tab) => `${prefix}${person}.${entry}.${of}`;

function readAll(key: string): Record<string, Kept> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}

function write(key: string, texts: Record<string, Kept>): void {
  try {
    if (Object.keys(texts).length > 0) localStorage.setItem(key, JSON.stringify(texts));
    else localStorage.removeItem(key);
  } catch {
    // Storage is off or full: the text is still in the field.
  }
}

/** What this tab has kept of an entry. */
export const ownTexts = (person: string, entry: string): Record<string, Typed> =>
  person ? readAll(place(person, entry)) : {};

/** Keeps texts, and forgets those that are undefined; other fields' texts stay. */
export function keepTexts(person: string, entry: string, texts: Record<string, Typed | undefined>): void {
  if (!person) return;
  const all = readAll(place(person, entry));
  for (const [id, typed] of Object.entries(texts)) {
    if (!typed) delete all[id];
    else if (all[id]?.value !== typed.value || all[id]?.version !== typed.version) {
      all[id] = { ...typed, at: Date.now() };
    }
  }
  write(place(person, entry), all);
}

/** A text that another tab of this person left, in the form of an answer. `kept`: the server never had it. */
export type Left = EntryAnswer & { kept: true };

/** Takes up what other tabs left of some fields, newest first. It is the caller's to keep from here on. */
export function takeUp(person: string, entry: string, fields: string[]): Left[] {
  const out: (Left & { at: number })[] = [];
  for (const key of keysOf(`${prefix}${person}.${entry}.`)) {
    if (key === place(person, entry)) continue;
    const all = readAll(key);
    for (const fieldId of fields) {
      const kept = all[fieldId];
      if (!kept) continue;
      const { value, version, at } = kept;
      out.push({ fieldId, value, version, at, updatedAt: new Date(at).toISOString(), kept: true });
      delete all[fieldId];
    }
    write(key, all);
  }
  return out.sort((a, b) => b.at - a.at);
}

function keysOf(start: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}
