import { type Language, locales } from './languages';

/** Names for UTC offsets that people there use; Intl only says GMT+1 in most locales. */
const central = new Set(
  (
    'Amsterdam Andorra Belgrade Berlin Bratislava Brussels Budapest Busingen Copenhagen Gibraltar Ljubljana ' +
    'Luxembourg Madrid Malta Monaco Oslo Paris Podgorica Prague Rome San_Marino Sarajevo Skopje Stockholm ' +
    'Tirane Vaduz Vatican Vienna Warsaw Zagreb Zurich'
  )
    .split(' ')
    .map((city) => `Europe/${city}`),
);
central.add('Africa/Ceuta');

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${zone}|${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function parts(locale: string, at: Date, zone: string, options: Intl.DateTimeFormatOptions): Parts {
  const out: Parts = {};
  for (const part of format(locale, zone, options).formatToParts(at)) out[part.type] = part.value;
  return out;
}

/** Minutes that a zone is ahead of UTC at an instant. */
export function offsetMinutes(at: Date, zone: string): number {
  const p = parts('en-GB', at, zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const local = Date.UTC(
    Number(p.year),
    Number(p.month) - 1,
    Number(p.day),
    Number(p.hour),
    Number(p.minute),
  );
  return Math.round((local - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}

/** CET, CEST, JST, UTC, else GMT with the offset: GMT+5:30, GMT−3. */
export function zoneName(at: Date, zone: string): string {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  const offset = offsetMinutes(at, zone);
  if (central.has(zone)) return offset === 120 ? 'CEST' : 'CET';
  if (zone === 'Asia/Tokyo') return 'JST';
  if (offset === 0) return 'GMT';
  const hours = Math.floor(Math.abs(offset) / 60);
  const minutes = Math.abs(offset) % 60;
  return `GMT${offset < 0 ? '−' : '+'}${hours}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}

/** 25 Nov 2026 · 25 nov 2026 · 2026年11月25日; with `weekday`, Wed 25 Nov 2026 · 2026年11月25日（水）. */
export function date(at: Date, zone: string, language: Language, weekday = false): string {
  const p = parts(locales[language], at, zone, {
    weekday: 'short',
    year: 'numeric',
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
  });
  if (language === 'ja') {
    return `${p.year}年${p.month}月${p.day}日${weekday ? `（${p.weekday}）` : ''}`;
  }
  return `${weekday ? `${p.weekday} ` : ''}${p.day} ${p.month} ${p.year}`;
}

/** 18:00, always on the 24-hour clock. */
export function time(at: Date, zone: string): string {
  const p = parts('en-GB', at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${p.hour}:${p.minute}`;
}

/** Wed 25 Nov 2026, 18:00 · 2026年11月25日（水）18:00, without its zone: only where the zone stands beside it. */
export function dateTime(at: Date, zone: string, language: Language, weekday = true): string {
  return `${date(at, zone, language, weekday)}${language !== 'ja' ? ', ' : weekday ? '' : ' '}${time(at, zone)}`;
}

/** Wed 25 Nov 2026, 18:00 CET: the form to use everywhere else. The zone never stands on a line without its time. */
export function dateTimeZone(at: Date, zone: string, language: Language, weekday = true): string {
  return `${dateTime(at, zone, language, weekday)}\u00a0${zoneName(at, zone)}`;
}

/** The visitor's own zone. */
export function ownZone(): string {
  // Asked for by every date on a page; making a format takes milliseconds on a phone.
  own ??= new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return own;
}
let own: string | undefined;

export type Remaining = { unit: 'day' | 'hour' | 'minute'; n: number; past: boolean };

/** How far an instant is: whole days from two days on, then hours, then minutes (at least one). */
export function remaining(at: Date, now: Date): Remaining {
  const ms = at.getTime() - now.getTime();
  const minutes = Math.abs(ms) / 60_000;
  const past = ms <= 0;
  if (minutes >= 2 * 24 * 60) return { unit: 'day', n: Math.floor(minutes / (24 * 60)), past };
  if (minutes >= 60) return { unit: 'hour', n: Math.floor(minutes / 60), past };
  return { unit: 'minute', n: Math.max(1, Math.floor(minutes)), past };
}
