import { describe, expect, it } from 'vitest';
import { date, dateTime, dateTimeZone, offsetMinutes, remaining, zoneName } from './dates';

const winter = new Date('2026-11-25T17:00:00Z');

describe('an instant in three zones', () => {
  it.each([
    ['Europe/Madrid', 'en', 'Wed 25 Nov 2026, 18:00 CET'],
    ['Asia/Tokyo', 'en', 'Thu 26 Nov 2026, 02:00 JST'],
    ['UTC', 'en', 'Wed 25 Nov 2026, 17:00 UTC'],
    ['Europe/Madrid', 'es', 'mié 25 nov 2026, 18:00 CET'],
    ['Asia/Tokyo', 'ja', '2026年11月26日（木）02:00 JST'],
    ['America/New_York', 'en', 'Wed 25 Nov 2026, 12:00 GMT−5'],
    ['Asia/Kolkata', 'en', 'Wed 25 Nov 2026, 22:30 GMT+5:30'],
  ] as const)('%s in %s', (zone, language, text) => {
    expect(dateTimeZone(winter, zone, language)).toBe(text.replace(/ (?=[A-Z]+\S*$)/, '\u00a0'));
  });

  it('leaves the weekday out when told', () => {
    expect(dateTime(winter, 'UTC', 'en', false)).toBe('25 Nov 2026, 17:00');
    expect(dateTime(winter, 'UTC', 'ja', false)).toBe('2026年11月25日 17:00');
    expect(date(winter, 'Asia/Tokyo', 'ja')).toBe('2026年11月26日');
  });
});

describe('daylight saving', () => {
  it.each([
    ['2026-03-29T00:59:00Z', 'CET', '01:59'],
    ['2026-03-29T01:00:00Z', 'CEST', '03:00'],
    ['2026-10-25T00:59:00Z', 'CEST', '02:59'],
    ['2026-10-25T01:00:00Z', 'CET', '02:00'],
  ])('Madrid at %s is %s', (iso, name, clock) => {
    const at = new Date(iso);
    expect(zoneName(at, 'Europe/Madrid')).toBe(name);
    expect(dateTime(at, 'Europe/Madrid', 'en')).toContain(clock);
  });

  it('never moves Tokyo or UTC', () => {
    for (const iso of ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z']) {
      expect(offsetMinutes(new Date(iso), 'Asia/Tokyo')).toBe(540);
      expect(offsetMinutes(new Date(iso), 'UTC')).toBe(0);
    }
  });
});

describe('what remains', () => {
  const from = new Date('2026-11-20T12:00:00Z');
  it.each([
    ['2026-11-23T13:00:00Z', { unit: 'day', n: 3, past: false }],
    ['2026-11-22T11:59:00Z', { unit: 'hour', n: 47, past: false }],
    ['2026-11-20T12:59:00Z', { unit: 'minute', n: 59, past: false }],
    ['2026-11-20T12:00:10Z', { unit: 'minute', n: 1, past: false }],
    ['2026-11-20T12:00:00Z', { unit: 'minute', n: 1, past: true }],
    ['2026-11-17T11:00:00Z', { unit: 'day', n: 3, past: true }],
  ] as const)('until %s', (iso, expected) => {
    expect(remaining(new Date(iso), from)).toEqual(expected);
  });
});
