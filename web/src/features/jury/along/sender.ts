import { ProblemError } from '~/api/problem';
import { type Language, languageOf } from '~/i18n/languages';
import { merge, same } from '~/lib/merge';
import { type Paper, reviewPaper, type Standing } from '../paper';
import { calibrationPaper, pitchPaper } from '../round-papers';
import { noteReview } from './kept';
import { dropUnsent, living, putUnsent, tab, type Unsent, unsentOf } from './unsent';
import { open, waiting } from './waiting';

/** Shows anew what is left to send. */
export async function look(person: string): Promise<void> {
  waiting.set(await unsentOf(person));
}

/**
 * Sends what no open page is about to send itself: what other tabs left behind, and what was finished here without
 * a connection. One tab at a time does it.
 */
export async function sendAll(person: string): Promise<void> {
  const work = async () => {
    const alive = await living();
    for (const each of await unsentOf(person)) {
      const theirs = each.tab !== tab && alive.has(each.tab);
      if (theirs || (each.tab === tab && open.has(each.assignment))) continue;
      if ((await send(person, each)) === 'waits') break;
    }
  };
  if (navigator.locks)
    await navigator.locks.request('ft.jury.send', { ifAvailable: true }, (mine) =>
      mine ? work() : undefined,
    );
  else await work();
  await look(person);
}

/** The paper that something was typed on. */
function paperOf({ assignment, challenge, typed }: Unsent): Paper<unknown> {
  const [, kind, entry = ''] = /^(pitch|calibration)-(.+)$/.exec(assignment) ?? [];
  const { language } = typed as { language?: Language };
  const paper =
    kind === 'pitch'
      ? pitchPaper(challenge, entry)
      : kind === 'calibration'
        ? calibrationPaper(challenge, entry, languageOf(location.pathname))
        : reviewPaper(assignment, language ?? languageOf(location.pathname));
  return paper as Paper<unknown>;
}

/** Saves over what the server has by now. undefined: both changed the same, the juror has to look. */
async function deliver(paper: Paper<unknown>, draft: Unsent): Promise<Standing<unknown> | undefined> {
  try {
    return await paper.save(draft.base.version, draft.typed);
  } catch (failure) {
    if (!(failure instanceof ProblemError && failure.status === 412)) throw failure;
  }
  const { review, ...base } = await paper.read();
  const joined = merge(draft.base.typed, draft.typed, base.typed);
  if (joined.clashes.length > 0) return undefined;
  await putUnsent({ ...draft, base, typed: joined.value });
  return same(base.typed, joined.value) ? { ...base, review } : paper.save(base.version, joined.value);
}

/** Done: it is settled, one way or the other; waits: there is no connection. */
async function send(person: string, draft: Unsent): Promise<'done' | 'waits'> {
  const paper = paperOf(draft);
  try {
    let now = await deliver(paper, draft);
    if (now && draft.submit && paper.submit) now = await paper.submit(now.version);
    if (!now) await putUnsent({ ...draft, stuck: 'clash' });
    else {
      if (now.review) await noteReview(person, draft.assignment, now.review);
      await dropUnsent(draft.key);
    }
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    if (failure.status === 0 || failure.status === 429 || failure.status >= 500 || failure.status === 401)
      return 'waits';
    await putUnsent({ ...draft, stuck: failure.message });
  }
  return 'done';
}
