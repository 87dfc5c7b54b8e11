import type { Language } from './languages';

/** Short parts in one line: "Winner, place 1", 採択、第1位. Parts that are empty are left out. */
export function listed(parts: (string | undefined)[], language: Language): string {
  return parts.filter(Boolean).join(language === 'ja' ? '、' : ', ');
}
