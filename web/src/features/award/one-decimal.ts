import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** 72.5 · 72,5, as totals are shown. */
export function oneDecimal(value: number, language: Language): string {
  return number(value, language, tenths);
}
