import { api, ok } from '~/api/client';
import { networkProblem } from '~/api/problem';
import type { components } from '~/api/schema';
import type { Language } from '~/i18n/languages';
import { confirmed } from './api';
import type { Paper, Standing } from './paper';
import { type Sheet, scoresOf, sheetOf } from './total';

type Schemas = components['schemas'];

/** What a juror types about a pitch. */
export type PitchTyped = { scores: Sheet; comment: string };

export const pitchStanding = (item: Schemas['PitchDeskItem']): Standing<PitchTyped> => ({
  version: item.version,
  typed: { scores: sheetOf(item.scores), comment: item.comment },
});

/** Own sheet of a pitch. */
export function pitchPaper(challenge: string, entryId: string): Paper<PitchTyped> {
  const path = { id: challenge };
  return {
    id: `pitch-${entryId}`,
    read: async () => {
      const { items } = await ok(api.GET('/jury/challenges/{id}/pitch', { params: { path } }));
      const item = items.find((each) => each.entryId === entryId);
      // Gone from the desk: the next save says why.
      if (!item) throw await networkProblem();
      return pitchStanding(item);
    },
    save: async (version, { scores, comment }) => {
      const params = { path, header: { 'If-Match': `"${version}"` } };
      const body = { entryId, scores: scoresOf(scores), comment };
      return pitchStanding(
        await confirmed(ok(api.PUT('/jury/challenges/{id}/pitch/score', { params, body }))),
      );
    },
  };
}

/** What a juror types about an entry of the calibration round. */
export type CalibrationTyped = { scores: Sheet; toTeam: string; language: Language };

/** `page` is the language of what has not been begun. */
export const calibrationStanding = (
  { sheet }: Pick<Schemas['CalibrationItem'], 'sheet'>,
  page: Language,
): Standing<CalibrationTyped> => ({
  version: sheet.version,
  typed: {
    scores: sheetOf(sheet.scores),
    toTeam: sheet.toTeam,
    language: sheet.version === 0 ? page : sheet.language,
  },
});

/** Own sheet of an entry of the calibration round. */
export function calibrationPaper(
  challenge: string,
  entryId: string,
  page: Language,
): Paper<CalibrationTyped> {
  const path = { id: challenge };
  return {
    id: `calibration-${entryId}`,
    read: async () => {
      const { items } = await ok(api.GET('/jury/challenges/{id}/calibration', { params: { path } }));
      const item = items.find(({ entry }) => entry.entryId === entryId);
      if (!item) throw await networkProblem();
      return calibrationStanding(item, page);
    },
    save: async (version, typed) => {
      const params = { path: { ...path, entryId }, header: { 'If-Match': `"${version}"` } };
      const body = { ...typed, scores: scoresOf(typed.scores) };
      const answer = await confirmed(
        ok(api.PUT('/jury/challenges/{id}/calibration/entries/{entryId}', { params, body })),
      );
      return { version: answer.version, typed };
    },
  };
}
