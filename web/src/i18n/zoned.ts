import { offsetMinutes } from './dates';

/** The value of a datetime-local input for an instant in a zone: "2026-12-15T18:00". */
export function toLocal(iso: string, zone: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() + offsetMinutes(at, zone) * 60_000).toISOString().slice(0, 16);
}

/**
 * The instant at which clocks in a zone show a local time. In the hour that a change of clocks skips it
 * is the time after the change, in the hour that comes twice the first one.
 */
export function fromLocal(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}:00Z`);
  const before = asUtc - offsetMinutes(new Date(asUtc - 24 * 3_600_000), zone) * 60_000;
  const after = asUtc - offsetMinutes(new Date(asUtc + 24 * 3_600_000), zone) * 60_000;
  const fits = [before, after].filter((at) => at + offsetMinutes(new Date(at), zone) * 60_000 === asUtc);
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString();
}
