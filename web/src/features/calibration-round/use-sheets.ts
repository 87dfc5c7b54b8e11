import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { messages as jury } from '~/features/jury/messages';
import { type CalibrationTyped, calibrationPaper, calibrationStanding } from '~/features/jury/round-papers';
import { Unsettled, useKept } from '~/features/jury/use-kept';
import { countCharacters } from '~/i18n/count';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Item, type Opened, refresh } from './api';
import { messages } from './messages';

/** Least characters of a comment that becomes part of a review; the server asks for the same. */
const minComment = 20;

/** The juror's sheet of one entry of the round. */
function useSheet({ desk, person, adopted }: Opened, item: Item) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { entryId, reference } = item.entry;
  const [refused, setRefused] = useState('');
  const state = useKept<CalibrationTyped>(
    calibrationPaper(desk.challengeId, entryId, language),
    {
      challengeId: desk.challengeId,
      reference,
      person,
      locked: false,
      standing: calibrationStanding(item, language),
      adopted: adopted[entryId],
    },
    { refused: (failure) => setRefused(failure.message) },
  );
  const { scores, toTeam } = state.typed;

  /** What it still needs, by field. */
  const faults = (): Record<string, string> => {
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

  return {
    ...state,
    entryId,
    refused,
    faults,
    score: (criterion: string, score: number | 'skip') =>
      state.setTyped((before) => ({ ...before, scores: { ...before.scores, [criterion]: score } })),
    comment: (text: string) => state.setTyped((before) => ({ ...before, toTeam: text, language })),
  };
}

export type SheetState = ReturnType<typeof useSheet>;

/** The juror's sheets of the round, saved while typing, handed in together. The entries stay what they are. */
export function useSheets(opened: Opened) {
  const t = useMessages(messages);
  const words = useMessages(jury);
  const { desk } = opened;
  const sheets = desk.items.map((item) => useSheet(opened, item));

  /** Hands in what is on the page; what keeps it from that in words. */
  const handIn = async (): Promise<string | undefined> => {
    try {
      for (const sheet of sheets) await sheet.save.flush();
      await ok(
        api.POST('/jury/challenges/{id}/calibration/hand-in', {
          params: { path: { id: desk.challengeId } },
          body: {
            sheets: sheets.map(({ entryId, base }) => ({ entryId, version: base.current.version })),
          },
        }),
      );
    } catch (failure) {
      if (failure instanceof Unsettled) return words('settle');
      if (!(failure instanceof ProblemError)) return t('failed');
      return failure.status === 412 ? t('hand.stale') : failure.message;
    }
    await refresh();
    return undefined;
  };

  return { sheets, handIn };
}
