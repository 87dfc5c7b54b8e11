import { number } from '~/i18n/format-message';
import type { Language } from '~/i18n/languages';

/** 72.5 · 72,5, as totals are shown. */
export function points(value: number, language: Language): string {
  return number(value, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** 70 %; chances are drawn, so nothing is ever called 0 or 100 %. */
export function percent(chance: number, language: Language): string {
  const kept = Math.min(0.99, Math.max(0.01, chance));
  return number(kept, language, { style: 'percent', maximumFractionDigits: 0 });
}
