import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { useMe } from '~/app/use-me';
import { type SaveState, useAutosave } from '~/lib/use-autosave';
import { type Entry, type EntryAnswer, keepEntry, renewEntry } from './api';
import { keepTexts, type Left, ownTexts, type Typed, takeUp } from './kept-texts';

/** Another text for the same field: a team-mate's, or one that this browser kept. */
export type Clash = EntryAnswer | Left;

export type Answers = {
  value: (fieldId: string) => string;
  set: (fieldId: string, value: string) => void;
  save: SaveState;
  /** What a team-mate wrote meanwhile or this browser kept, by field; ours is still in the field. */
  conflicts: Record<string, Clash>;
  /** What was typed after a field's moment had passed, by field: it was not saved. */
  late: Record<string, string>;
  /** Settles a conflict: our text over theirs, theirs in place of ours, or a text made of both. */
  keepOurs: (fieldId: string) => void;
  takeTheirs: (fieldId: string) => void;
  merge: (fieldId: string, between: string) => void;
};

/**
 * The answers of an entry as they are typed: saved field by field over the version they were typed over,
 * kept in this browser until the server has them. Nothing is overwritten in silence, here or there.
 */
export function useAnswers(entry: Entry, fieldIds: string[]): Answers {
  const me = useMe()?.id ?? '';
  const server = useMemo(() => new Map(entry.answers.map((answer) => [answer.fieldId, answer])), [entry]);
  const [texts, setTexts] = useState<Record<string, string>>(() => {
    const kept = ownTexts(me, entry.id);
    return Object.fromEntries(fieldIds.map((id) => [id, kept[id]?.value ?? server.get(id)?.value ?? '']));
  });
  const [conflicts, setConflicts] = useState<Record<string, Clash>>({});
  const [late, setLate] = useState<Record<string, string>>({});
  // Raised when a conflict is settled, so that the same text is sent again over the other version.
  const [round, setRound] = useState(0);
  const base = useRef<Record<string, Typed>>();
  base.current ??= firstBase(fieldIds, server, ownTexts(me, entry.id));
  const clashing = useRef(conflicts);
  clashing.current = conflicts;
  const typing = useRef(texts);
  typing.current = texts;
  // Further texts for a field, shown one after the other.
  const waiting = useRef<Record<string, Clash[]>>({});

  const save = useAutosave({ texts, round }, async (now) => {
    const stored = base.current ?? {};
    const changed = Object.entries(now.texts).filter(
      ([id, value]) => value !== stored[id]?.value && !clashing.current[id],
    );
    if (changed.length === 0) return;
    const answer = await ok(
      api.PATCH('/entries/{id}/answers', {
        params: { path: { id: entry.id } },
        body: {
          answers: changed.map(([fieldId, value]) => ({
            fieldId,
            value,
            version: stored[fieldId]?.version ?? 0,
          })),
        },
      }),
    );
    const sent = new Map(changed);
    for (const each of answer.saved) {
      stored[each.fieldId] = { value: sent.get(each.fieldId) ?? each.value, version: each.version };
    }
    const tooLate: Record<string, string> = {};
    const standing: Record<string, string> = {};
    for (const each of answer.frozen) {
      tooLate[each.fieldId] = sent.get(each.fieldId) ?? '';
      standing[each.fieldId] = each.value;
      stored[each.fieldId] = { value: each.value, version: each.version };
    }
    if (answer.frozen.length > 0) {
      setLate((before) => ({ ...before, ...tooLate }));
      setTexts((before) => ({ ...before, ...standing }));
    }
    const clashes = Object.fromEntries(answer.conflicts.map((each) => [each.fieldId, each]));
    clashing.current = { ...clashing.current, ...clashes };
    setConflicts(clashing.current);
    // What was typed while this was under way is not saved yet.
    keepTexts(me, entry.id, unsaved({ ...typing.current, ...standing }, stored));
    keepEntry(entry.id, {
      answers: merged(entry.answers, [...answer.saved, ...answer.conflicts, ...answer.frozen]),
      sections: answer.sections,
      missing: answer.missing,
      changesNotSubmitted: answer.changesNotSubmitted,
      status: answer.changesNotSubmitted ? 'changes_not_submitted' : entry.status,
    });
    // The city has changed the form meanwhile: what is new is shown without losing what is being typed.
    // And the first change after a submission alters what the entry's page has to say.
    if (altersMore(entry, answer)) void renewEntry(entry.id);
  });

  // Texts that an earlier visit could not save are sent now: over the version that they were typed over,
  // so that what was written since is not lost either.
  useEffect(() => {
    if (!me) return;
    const stored = base.current ?? {};
    const left = takeUp(me, entry.id, fieldIds).filter(
      (each) => each.value !== server.get(each.fieldId)?.value,
    );
    const { found, clashes } = sortOut(left, typing.current, stored);
    for (const each of Object.values(clashes).flat()) {
      const [id, shown] = [each.fieldId, clashing.current[each.fieldId]];
      if (shown) waiting.current[id] = [...(waiting.current[id] ?? []), each];
      else clashing.current = { ...clashing.current, [id]: each };
    }
    setConflicts(clashing.current);
    typing.current = { ...typing.current, ...found };
    setTexts((before) => ({ ...before, ...found }));
    keepTexts(me, entry.id, unsaved(typing.current, stored));
    if (fieldIds.some((id) => typing.current[id] !== stored[id]?.value)) setRound((before) => before + 1);
  }, [me]);

  // A team-mate's text comes into a field that nobody is typing in here.
  useEffect(() => {
    const stored = base.current ?? {};
    const fresh: Record<string, string> = {};
    for (const id of fieldIds) {
      const theirs = server.get(id);
      const ours = stored[id];
      if (!theirs || !ours || theirs.version <= ours.version || typing.current[id] !== ours.value) continue;
      stored[id] = { value: theirs.value, version: theirs.version };
      fresh[id] = theirs.value;
    }
    if (Object.keys(fresh).length > 0) setTexts((before) => ({ ...before, ...fresh }));
  }, [server]);

  // Who has decided does not wait for the pause in typing.
  useEffect(() => {
    if (round > 0) save.flush().catch(() => {});
  }, [round]);

  const settle = (id: string, text: string, clash: Clash) => {
    const stored = base.current ?? {};
    if (!('kept' in clash)) stored[id] = { value: clash.value, version: clash.version };
    const { [id]: _, ...rest } = clashing.current;
    const [next, ...more] = waiting.current[id] ?? [];
    waiting.current[id] = more;
    clashing.current = next ? { ...rest, [id]: next } : rest;
    setConflicts(clashing.current);
    typing.current = { ...typing.current, [id]: text };
    keepTexts(me, entry.id, unsaved(typing.current, stored));
    setTexts((before) => ({ ...before, [id]: text }));
    setRound((before) => before + 1);
  };

  return {
    value: (id) => texts[id] ?? '',
    set: (id, value) => {
      typing.current = { ...typing.current, [id]: value };
      setTexts((before) => ({ ...before, [id]: value }));
      keepTexts(me, entry.id, unsaved({ [id]: value }, base.current ?? {}));
    },
    save,
    conflicts,
    late,
    keepOurs: (id) => {
      const clash = conflicts[id];
      if (clash) settle(id, texts[id] ?? '', clash);
    },
    takeTheirs: (id) => {
      const clash = conflicts[id];
      if (clash) settle(id, clash.value, clash);
    },
    merge: (id, between) => {
      const clash = conflicts[id];
      if (clash) settle(id, joined(texts[id] ?? '', clash.value, between), clash);
    },
  };
}

function merged(before: EntryAnswer[], newer: EntryAnswer[]): EntryAnswer[] {
  const all = new Map(before.map((answer) => [answer.fieldId, answer]));
  for (const answer of newer) all.set(answer.fieldId, answer);
  return [...all.values()];
}

/** What the server has; a text kept here was typed over the version kept with it. */
function firstBase(ids: string[], server: Map<string, EntryAnswer>, kept: Record<string, Typed>) {
  const out: Record<string, Typed> = {};
  for (const id of ids) {
    const answer = server.get(id);
    out[id] = { value: answer?.value ?? '', version: kept[id]?.version ?? answer?.version ?? 0 };
  }
  return out;
}

/**
 * What becomes of texts that closed tabs left, newest first: the first goes into a field that nobody typed in
 * since, over the version that it was typed over; every other text is shown beside.
 */
function sortOut(left: Left[], typed: Record<string, string>, stored: Record<string, Typed>) {
  const found: Record<string, string> = {};
  const clashes: Record<string, Left[]> = {};
  for (const each of left) {
    const id = each.fieldId;
    const now = found[id] ?? typed[id] ?? '';
    if (each.value === now) continue;
    if (found[id] === undefined && now === stored[id]?.value) {
      found[id] = each.value;
      stored[id] = { value: now, version: each.version };
    } else clashes[id] = [...(clashes[id] ?? []), each];
  }
  return { found, clashes };
}

/** What the server does not have yet, with the version it was typed over; undefined for what it has. */
function unsaved(texts: Record<string, string>, stored: Record<string, Typed>) {
  return Object.fromEntries(
    Object.entries(texts).map(([id, value]) => [
      id,
      value === stored[id]?.value ? undefined : { value, version: stored[id]?.version ?? 0 },
    ]),
  );
}

/** Both texts, one after the other; once where one holds the other. */
function joined(ours: string, theirs: string, between: string): string {
  if (ours.includes(theirs)) return ours;
  if (theirs.includes(ours)) return theirs;
  return `${ours.trimEnd()}${between}${theirs}`;
}

/** Whether what was saved changes more of the entry than it says itself. */
function altersMore(entry: Entry, answer: Pick<Entry, 'formVersion' | 'changesNotSubmitted'>): boolean {
  return answer.formVersion !== entry.formVersion || answer.changesNotSubmitted !== entry.changesNotSubmitted;
}
