import { type Language, locales } from './languages';

export type Params = Record<string, string | number>;

/**
 * Fills a message. The grammar is the part of ICU MessageFormat that the catalogues use:
 * `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} many {…} other {# …}}` and
 * `{kind, select, a {…} other {…}}`, nested at will. A missing parameter stays visible as `{name}`.
 */
export function formatMessage(message: string, params: Params, language: Language): string {
  return message.includes('{') ? fill(message, params, language, undefined) : message;
}

function fill(text: string, params: Params, language: Language, count: number | undefined): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') {
      const end = closing(text, at);
      out += argument(text.slice(at + 1, end), params, language, count);
      at = end;
    } else if (char === '#' && count !== undefined) {
      out += number(count, language);
    } else {
      out += char;
    }
  }
  return out;
}

function argument(body: string, params: Params, language: Language, count: number | undefined): string {
  const [, name = '', kind, rest = ''] = /^\s*(\w+)\s*(?:,\s*(\w+)\s*(?:,([\s\S]*))?)?$/.exec(body) ?? [];
  const value = params[name];
  if (value === undefined) return `{${name}}`;
  if (kind === undefined || kind === 'number') {
    return typeof value === 'number' ? number(value, language) : value;
  }
  const branches = branchesOf(rest);
  if (kind === 'plural') {
    const n = Number(value);
    const chosen = branches[`=${n}`] ?? branches[pluralRules(language).select(n)] ?? branches.other ?? '';
    return fill(chosen, params, language, n);
  }
  return fill(branches[String(value)] ?? branches.other ?? '', params, language, count);
}

/** The branches of a plural or select: `one {…} other {…}` → { one, other }. */
function branchesOf(text: string): Record<string, string> {
  const branches: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) break;
    const end = closing(text, open);
    branches[text.slice(at, open).trim()] = text.slice(open + 1, end);
    at = end + 1;
  }
  return branches;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  throw new SyntaxError(`Unclosed brace in message: ${text}`);
}

// Intl objects cost far more to make than to use.
const rules = new Map<Language, Intl.PluralRules>();
function pluralRules(language: Language): Intl.PluralRules {
  let found = rules.get(language);
  if (!found) {
    found = new Intl.PluralRules(locales[language]);
    rules.set(language, found);
  }
  return found;
}

const numbers = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it: 1,234.5 · 1.234,5 · 1,234.5. */
export function number(value: number, language: Language, options?: Intl.NumberFormatOptions): string {
  const key = options ? language + JSON.stringify(options) : language;
  let format = numbers.get(key);
  if (!format) {
    // Spanish leaves four digits ungrouped by default, which makes columns of figures ragged.
    format = new Intl.NumberFormat(locales[language], {
      useGrouping: 'always',
      ...options,
    } as Intl.NumberFormatOptions);
    numbers.set(key, format);
  }
  return format.format(value);
}
