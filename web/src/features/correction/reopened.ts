import type { components } from '~/api/schema';

type Entry = components['schemas']['Entry'];

/** Whether a field may change: every one while the challenge is open, the named ones in a correction. */
export function isOpen(entry: Pick<Entry, 'correction'>, field: { id: string }): boolean {
  return !entry.correction || entry.correction.fieldIds.includes(field.id);
}

/** Until when the team can send: its correction, its extension or the deadline. */
export function sendBefore(entry: Pick<Entry, 'correction' | 'window' | 'challenge'>): string {
  const { extension, lateUntil } = entry.window;
  return entry.correction?.until ?? (extension ? lateUntil : entry.challenge.dates.closes);
}
