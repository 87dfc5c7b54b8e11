import { diffArrays } from 'diff';
import type { Language } from '~/i18n/languages';

/** A run of text that stands in both versions, only in the old one, or only in the new one. */
export type Run = { kind: 'same' | 'gone' | 'new'; text: string };

/**
 * What differs between two texts, word by word. Words are those of the language: Japanese, which writes no
 * spaces, is cut by the browser's dictionary, and by characters where there is none.
 */
export function wordDiff(before: string, after: string, lang: Language): Run[] {
  const runs: Run[] = [];
  for (const part of diffArrays(words(before, lang), words(after, lang))) {
    const kind = part.added ? 'new' : part.removed ? 'gone' : 'same';
    runs.push({ kind, text: part.value.join('') });
  }
  return joined(runs);
}

function words(text: string, lang: Language): string[] {
  if (typeof Intl.Segmenter !== 'function') return [...text];
  return Array.from(new Intl.Segmenter(lang, { granularity: 'word' }).segment(text), (each) => each.segment);
}

// Two words that changed with nothing but a space between them read as one change, not as two.
function joined(runs: Run[]): Run[] {
  const out: Run[] = [];
  let gone = '';
  let fresh = '';
  const flush = () => {
    if (gone) out.push({ kind: 'gone', text: gone });
    if (fresh) out.push({ kind: 'new', text: fresh });
    gone = '';
    fresh = '';
  };
  for (const [at, run] of runs.entries()) {
    const between = (gone !== '' || fresh !== '') && /^[ \t]+$/.test(run.text) && at + 1 < runs.length;
    if (run.kind === 'same' && !between) {
      flush();
      out.push(run);
      continue;
    }
    if (run.kind !== 'new') gone += run.text;
    if (run.kind !== 'gone') fresh += run.text;
  }
  flush();
  return out;
}

const shown = 90;

/** Cuts the middle out of long runs that stand in both versions: what changed must be found at a glance. */
export function shortened(runs: Run[]): Run[] {
  return runs.map((run, at) => {
    if (run.kind !== 'same') return run;
    const letters = [...run.text];
    if (letters.length <= 2 * shown + 40) return run;
    const head = at === 0 ? '' : whole(letters.slice(0, shown).join(''), /\s\S{0,20}$/);
    const tail = at === runs.length - 1 ? '' : whole(letters.slice(-shown).join(''), /^\S{0,20}\s/);
    return { kind: 'same', text: [head, '[…]', tail].filter(Boolean).join(' ') };
  });
}

// Without the word that the cut went through, where the language writes spaces.
function whole(text: string, broken: RegExp): string {
  return text.replace(broken, '');
}
