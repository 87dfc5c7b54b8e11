import { number } from '~/i18n/format-message';
import { type Language, locales } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import type { Kpi } from './api';

/** A figure with its unit: "21 participants", "21 participantes", "21組". */
export function amount(kpi: Pick<Kpi, 'unit'>, value: number, language: Language): string {
  const figure = number(value, language);
  const forms = kpi.unit[language] ?? {};
  const form = forms[new Intl.PluralRules(locales[language]).select(value)] ?? forms.other;
  if (!form) return figure;
  return language === 'ja' ? figure + form : `${figure} ${form}`;
}

/** The indicator's name in the reader's language and the language it is really in. */
export function nameOf(kpi: Pick<Kpi, 'name'>, language: Language) {
  return textIn(kpi.name, language);
}
