const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Characters as a reader and the server count them: が is one however it was typed, 👩‍👩‍👧‍👦 is one. */
export function countCharacters(text: string): number {
  let n = 0;
  for (const _ of segmenter.segment(text.normalize('NFC'))) n++;
  return n;
}

// A character of a script without spaces, or what stands between spaces and such characters.
const word = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ]|[^\p{White_Space}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ]+/gu;
const counts = /[\p{L}\p{N}]|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ]/u;

/**
 * Words as the server counts them: what stands between spaces is one if it holds a letter or a digit; in
 * Japanese and Chinese each character is one. Dictionaries, which differ from browser to browser, have no part in it.
 */
export function countWords(text: string): number {
  let n = 0;
  for (const [part] of text.normalize('NFC').matchAll(word)) if (counts.test(part)) n++;
  return n;
}
