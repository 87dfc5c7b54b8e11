import { api, ok } from '~/api/client';
import { ProblemError } from '~/api/problem';
import { openNote } from '~/verifier/note.ts';
import { mustExtend } from '~/verifier/tree.ts';

export type Verdict =
  | { state: 'sound'; file: string }
  | { state: 'broken' | 'missing' | 'unsigned' | 'unsupported' };

/**
 * Checks on this device that the record at one checkpoint begins with the record at an older one: the
 * signatures of both notes, and the proof against both roots.
 */
export async function consistent(key: string, from: number, to: number): Promise<Verdict> {
  try {
    const proof = await ok(api.GET('/record/consistency', { params: { query: { from, to } } }));
    if (!proof.older) return { state: 'missing' };
    const later = proof.file.slice(proof.file.indexOf('\n\n') + 2);
    const path = proof.hashes.map((each) => Uint8Array.from(atob(each), (char) => char.charCodeAt(0)));
    const [first, last] = [await openNote(proof.older, key), await openNote(later, key)];
    if (first.size !== from || last.size !== to) return { state: 'broken' };
    await mustExtend(first, last, path);
    return { state: 'sound', file: proof.file };
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 404) return { state: 'missing' };
    if (failure instanceof ProblemError || failure instanceof TypeError) throw failure;
    const code = failure instanceof Error ? failure.message : '';
    return { state: code === 'unsupported' || code === 'unsigned' ? code : 'broken' };
  }
}
