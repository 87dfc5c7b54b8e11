import { useRef, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { type Sheet, scoresOf, sheetOf } from '~/features/jury/total';
import { countCharacters } from '~/i18n/count';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useAutosave } from '~/lib/use-autosave';
import { type Desk, refresh } from './api';
import { messages } from './messages';

/** Least characters of a comment that becomes part of a review; the server asks for the same. */
const minComment = 20;

type Typed = { scores: Sheet; toTeam: string };
type All = Record<string, Typed>;

/** The juror's sheets of the round by entry: saved while typing, handed in together. */
export function useSheets(desk: Desk) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [typed, setTyped] = useState<All>(() =>
    Object.fromEntries(
      desk.items.map(({ entry, sheet }) => [
        entry.entryId,
        { scores: sheetOf(sheet.scores), toTeam: sheet.toTeam },
      ]),
    ),
  );
  const kept = useRef({
    typed,
    versions: Object.fromEntries(desk.items.map(({ entry, sheet }) => [entry.entryId, sheet.version])),
  });

  const put = async (entryId: string, value: Typed) => {
    const version = kept.current.versions[entryId] ?? 0;
    const { version: next } = await ok(
      api.PUT('/jury/challenges/{id}/calibration/entries/{entryId}', {
        params: { path: { id: desk.challengeId, entryId }, header: { 'If-Match': `"${version}"` } },
        body: { scores: scoresOf(value.scores), toTeam: value.toTeam, language },
      }),
    );
    kept.current.versions[entryId] = next;
    kept.current.typed = { ...kept.current.typed, [entryId]: value };
  };

  const save = useAutosave(typed, async (all) => {
    for (const [entryId, value] of Object.entries(all)) {
      if (value !== kept.current.typed[entryId]) await put(entryId, value);
    }
  });

  const set = (entryId: string, change: Partial<Typed>) =>
    setTyped((before) => ({ ...before, [entryId]: { ...(before[entryId] as Typed), ...change } }));

  /** What an entry still needs, by field. */
  const faults = (entryId: string): Record<string, string> => {
    const { scores, toTeam } = typed[entryId] as Typed;
    const out: Record<string, string> = {};
    for (const each of desk.criteria) {
      if (scores[each.id] === undefined)
        out[`score-${each.id}`] = t('score.missing', {
          name: textIn(each.name, language, desk.language).text,
        });
    }
    if (desk.criteria.every((each) => scores[each.id] === 'skip'))
      out[`score-${desk.criteria[0]?.id}`] = t('skip.all');
    if (desk.counts && countCharacters(toTeam.trim()) < minComment) out.toTeam = t('comment.missing');
    return out;
  };

  /** Hands in what is on the page; what keeps it from that in words. */
  const handIn = async (): Promise<string | undefined> => {
    try {
      await save.flush();
      await ok(
        api.POST('/jury/challenges/{id}/calibration/hand-in', {
          params: { path: { id: desk.challengeId } },
          body: {
            sheets: Object.entries(kept.current.versions).map(([entryId, version]) => ({ entryId, version })),
          },
        }),
      );
    } catch (failure) {
      if (!(failure instanceof ProblemError)) return t('failed');
      return failure.status === 412 ? t('hand.stale') : failure.message;
    }
    await refresh();
    return undefined;
  };

  return { typed, set, save, faults, handIn };
}

export type Sheets = ReturnType<typeof useSheets>;
