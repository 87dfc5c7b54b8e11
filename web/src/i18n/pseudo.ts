// The pseudo-locale finds layouts that only hold English: every text grows by 40 % and wears accents.
// Tests turn it on with localStorage "ft.pseudo"; visitors never meet it.
const on = (() => {
  try {
    return localStorage.getItem('ft.pseudo') === '1';
  } catch {
    return false;
  }
})();

const accents: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  O: 'Ó',
  n: 'ñ',
};

/** The text grown by 40 % and marked at both ends, so that cut and untranslated texts show. */
export function stretch(text: string): string {
  const accented = text.replace(/[aeiouAEOn]/g, (char) => accents[char] ?? char);
  return `[${accented}${'~'.repeat(Math.ceil(text.length * 0.4))}]`;
}

/** `stretch` when the pseudo-locale is on, else the text as it is. */
export const pseudo: (text: string) => string = on ? stretch : (text) => text;
