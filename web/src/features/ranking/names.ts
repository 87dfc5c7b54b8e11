import type { Translate } from '~/i18n/use-messages';
import type { Ranking } from './api';

/** A juror's name where the reader may know it, a number otherwise. */
export function jurorName(ranking: Ranking, seat: string, t: Translate<'juror.n'>): string {
  const juror = ranking.jurors.find((each) => each.seatId === seat);
  return juror?.name ?? t('juror.n', { n: juror?.label ?? 0 });
}

/** An entry's reference and team. */
export function entryName(ranking: Ranking, entry: string): string {
  const row = ranking.rows.find((each) => each.entryId === entry);
  return row ? `${row.reference} ${row.teamName}` : '';
}
