import { type Language, locales } from '~/i18n/languages';

/** 812 kB, 20 MB, 1.9 GB: in steps of 1024, as the limits are set. */
export function bytes(n: number, language: Language): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = n / 1024;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  const digits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locales[language], {
    style: 'unit',
    unit: units[at],
    maximumFractionDigits: digits,
  }).format(value);
}
