import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { forThisTab } from '~/lib/storage';
import { type SaveState, useAutosave } from '~/lib/use-autosave';
import { type Entry, type EntryAnswer, keepEntry } from './api';

type Kept = { value: string; version: number };

export type Answers = {
  value: (fieldId: string) => string;
  set: (fieldId: string, value: string) => void;
  save: SaveState;
  /** What a team-mate wrote meanwhile, by field; ours is still in the field. */
  conflicts: Record<string, EntryAnswer>;
  /** What was typed after a field's moment had passed, by field: it was not saved. */
  late: Record<string, string>;
  /** Settles a conflict: our text over theirs, or theirs in place of ours. */
  keepOurs: (fieldId: string) => void;
  takeTheirs: (fieldId: string) => void;
};

/**
 * The answers of an entry as they are typed: saved field by field over the version they were typed over,
 * kept in this tab until the server has them. Nothing is overwritten in silence, here or there.
 */
export function useAnswers(entry: Entry, fieldIds: string[]): Answers {
  const place = `ft.entry.${entry.id}`;
  const server = useMemo(() => new Map(entry.answers.map((answer) => [answer.fieldId, answer])), [entry]);
  const [texts, setTexts] = useState<Record<string, string>>(() => {
    const kept = keptTexts(place);
    return Object.fromEntries(fieldIds.map((id) => [id, kept[id]?.value ?? server.get(id)?.value ?? '']));
  });
  const [conflicts, setConflicts] = useState<Record<string, EntryAnswer>>({});
  const [late, setLate] = useState<Record<string, string>>({});
  // Raised when a conflict is settled, so that the same text is sent again over the other version.
  const [round, setRound] = useState(0);
  const base = useRef<Record<string, Kept>>();
  base.current ??= firstBase(fieldIds, server, keptTexts(place));
  const clashing = useRef(conflicts);
  clashing.current = conflicts;

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
    keep(place, { ...now.texts, ...standing }, stored);
    keepEntry(entry.id, {
      answers: merged(entry.answers, [...answer.saved, ...answer.conflicts, ...answer.frozen]),
      sections: answer.sections,
      missing: answer.missing,
      changesNotSubmitted: answer.changesNotSubmitted,
      status: answer.changesNotSubmitted ? 'changes_not_submitted' : entry.status,
    });
  });

  // Texts that an earlier visit could not save are sent now.
  useEffect(() => {
    if (fieldIds.some((id) => texts[id] !== base.current?.[id]?.value)) setRound((before) => before + 1);
  }, []);

  // A team-mate's text comes into a field that nobody is typing in here.
  useEffect(() => {
    const stored = base.current ?? {};
    const fresh: Record<string, string> = {};
    for (const id of fieldIds) {
      const theirs = server.get(id);
      const ours = stored[id];
      if (!theirs || !ours || theirs.version <= ours.version || texts[id] !== ours.value) continue;
      stored[id] = { value: theirs.value, version: theirs.version };
      fresh[id] = theirs.value;
    }
    if (Object.keys(fresh).length > 0) setTexts((before) => ({ ...before, ...fresh }));
  }, [server]);

  // Who has decided does not wait for the pause in typing.
  useEffect(() => {
    if (round > 0) save.flush().catch(() => {});
  }, [round]);

  const settle = (id: string, text: string, clash: EntryAnswer) => {
    const stored = base.current ?? {};
    stored[id] = { value: clash.value, version: clash.version };
    const { [id]: _, ...rest } = clashing.current;
    clashing.current = rest;
    setConflicts(rest);
    setTexts((before) => ({ ...before, [id]: text }));
    setRound((before) => before + 1);
  };

  return {
    value: (id) => texts[id] ?? '',
    set: (id, value) => {
      const next = { ...texts, [id]: value };
      setTexts((before) => ({ ...before, [id]: value }));
      keep(place, next, base.current ?? {});
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
  };
}

function merged(before: EntryAnswer[], newer: EntryAnswer[]): EntryAnswer[] {
  const all = new Map(before.map((answer) => [answer.fieldId, answer]));
  for (const answer of newer) all.set(answer.fieldId, answer);
  return [...all.values()];
}

/** What the server has; a text kept here was typed over the version kept with it. */
function firstBase(ids: string[], server: Map<string, EntryAnswer>, kept: Record<string, Kept>) {
  const out: Record<string, Kept> = {};
  for (const id of ids) {
    const answer = server.get(id);
    out[id] = { value: answer?.value ?? '', version: kept[id]?.version ?? answer?.version ?? 0 };
  }
  return out;
}

function keptTexts(place: string): Record<string, Kept> {
  try {
    return JSON.parse(forThisTab.get(place) ?? '{}');
  } catch {
    return {};
  }
}

/** Keeps what the server does not have yet; other sections' texts stay. */
function keep(place: string, texts: Record<string, string>, stored: Record<string, Kept>): void {
  const all = keptTexts(place);
  for (const [id, value] of Object.entries(texts)) {
    if (value === stored[id]?.value) delete all[id];
    else all[id] = { value, version: stored[id]?.version ?? 0 };
  }
  if (Object.keys(all).length > 0) forThisTab.set(place, JSON.stringify(all));
  else forThisTab.remove(place);
}
