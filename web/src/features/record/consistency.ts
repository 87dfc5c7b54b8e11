import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { openNote } from '~/verifier/note.ts';
import { mustExtend } from '~/verifier/tree.ts';

export type Verdict = { state: 'sound'; file: string } | { state: 'broken' | 'missing' | 'unsupported' };

/**
 * Checks on this device that the record at one checkpoint begins with the record at an older one: both notes
 * are fetched by themselves, their signatures checked, and the proof against both.
 */
export async function consistent(key: string, from: number, to: number): Promise<Verdict> {
  try {
    const [older, later, proof] = await Promise.all([
      note(from),
      note(to),
      ok(api.GET('/record/consistency', { params: { query: { from, to } } })),
    ]);
    const path = proof.hashes.map((each) => Uint8Array.from(atob(each), (char) => char.charCodeAt(0)));
    await mustExtend(await openNote(older, key), await openNote(later, key), path);
    return { state: 'sound', file: proof.file };
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 404) return { state: 'missing' };
    if (failure instanceof ProblemError || failure instanceof TypeError) throw failure;
    return {
      state: failure instanceof Error && failure.message === 'unsupported' ? 'unsupported' : 'broken',
    };
  }
}

const note = (size: number) =>
  ok(api.GET('/record/checkpoints/{size}', { params: { path: { size } }, parseAs: 'text' }));
