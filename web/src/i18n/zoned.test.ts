import { describe, expect, it } from 'vitest';
import { fromLocal, toLocal } from './zoned';

describe('local times in a zone', () => {
  it.each([
    ['2026-12-15T18:00', 'Europe/Madrid', '2026-12-15T17:00:00.000Z'],
    ['2027-07-01T18:00', 'Europe/Madrid', '2027-07-01T16:00:00.000Z'],
    ['2026-12-15T18:00', 'Asia/Tokyo', '2026-12-15T09:00:00.000Z'],
    ['2026-12-15T18:00', 'UTC', '2026-12-15T18:00:00.000Z'],
    // Minutes before and after the clocks go forward, and the first of the two hours when they go back.
    ['2027-03-28T01:59', 'Europe/Madrid', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28T03:00', 'Europe/Madrid', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31T02:30', 'Europe/Madrid', '2027-10-31T00:30:00.000Z'],
    ['2027-10-31T03:00', 'Europe/Madrid', '2027-10-31T02:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, iso) => {
    expect(fromLocal(local, zone)).toBe(iso);
    expect(toLocal(iso, zone)).toBe(local);
  });

  it('moves a time that no clock shows behind the change', () => {
    expect(fromLocal('2027-03-28T02:30', 'Europe/Madrid')).toBe('2027-03-28T01:30:00.000Z');
  });
});
