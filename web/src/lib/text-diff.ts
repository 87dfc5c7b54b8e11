/** A stretch of text that both versions have, or only the older (`gone`) or the newer one (`come`). */
export type Stretch = { kind: 'same' | 'gone' | 'come'; text: string };

// Beyond this many comparisons the texts have little in common; word by word would only confuse.
const most = 4_000_000;

/**
 * Compares two texts word by word, in Japanese by its words, too. Joined, `same` and `gone` give the older
 * text, `same` and `come` the newer one.
 */
export function diff(before: string, after: string, lang: string): Stretch[] {
  const old = words(before, lang);
  const now = words(after, lang);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) {
    tail++;
  }
  const out: Stretch[] = [];
  add(out, 'same', old.slice(0, head));
  between(out, old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  add(out, 'same', old.slice(old.length - tail));
  return out;
}

function between(out: Stretch[], old: string[], now: string[]): void {
  if (old.length * now.length > most) {
    add(out, 'gone', old);
    add(out, 'come', now);
    return;
  }
  const at = commonRuns(old, now);
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add(out, 'same', [old[i] ?? '']);
      i++;
      j++;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      add(out, 'gone', [old[i++] ?? '']);
    } else {
      add(out, 'come', [now[j++] ?? '']);
    }
  }
}

/** Length of the longest common run of words from each pair of places to the end. */
function commonRuns(old: string[], now: string[]): (i: number, j: number) => number {
  const width = now.length + 1;
  const runs = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => runs[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      runs[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

function words(text: string, lang: string): string[] {
  return [...new Intl.Segmenter(lang, { granularity: 'word' }).segment(text)].map((each) => each.segment);
}

function add(out: Stretch[], kind: Stretch['kind'], list: string[]): void {
  if (list.length === 0) return;
  const last = out.at(-1);
  if (last?.kind === kind) last.text += list.join('');
  else out.push({ kind, text: list.join('') });
}
