import type { components } from '~/api/schema';

type Entry = components['schemas']['Entry'];

/** Whether a field may change: every one while the challenge is open, the named ones in a correction. */
export function isOpen(entry: Pick<Entry, 'correction'>, field: { id: string }): boolean {
  return !entry.correction || entry.correction.fieldIds.includes(field.id);
}
