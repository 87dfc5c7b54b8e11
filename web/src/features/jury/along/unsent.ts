import { all, change } from './store';

/** What a tab has typed over a version of a paper and the server has not confirmed. */
export type Unsent<T = unknown> = {
  /** person/assignment/tab */
  key: string;
  /** The paper's id: of a review its assignment. */
  assignment: string;
  challenge: string;
  reference: string;
  tab: string;
  /** What the server had when typing began. */
  base: { version: number; typed: T };
  typed: T;
  /** The juror has asked to send it: it is to count as soon as the server has it. */
  submit: boolean;
  at: number;
  /** Why it was not taken, for the juror to see: both changed the same, or the server's words. */
  stuck?: 'clash' | string;
};

/** Names this tab for as long as it lives. */
export const tab = crypto.randomUUID();
// Held until the tab is gone, however it goes: by this others tell what is left behind.
void navigator.locks?.request(`ft.tab.${tab}`, () => new Promise(() => {}));

export const keyOf = (person: string, assignment: string) => `${person}/${assignment}/${tab}`;

/** What a person has not sent, the oldest first. */
export async function unsentOf<T = unknown>(person: string, assignment = ''): Promise<Unsent<T>[]> {
  const found = await all<Unsent<T>>('unsent', `${person}/${assignment}`);
  return found.sort((a, b) => a.at - b.at);
}

/** Keeps what was typed. Resolves when it is on the disk. */
export const putUnsent = (draft: Unsent) => change('unsent', [draft]);

export const dropUnsent = (...keys: string[]) => change('unsent', [], keys);

/** In one step, so that nothing is twice or nowhere. */
export const replaceUnsent = (drafts: Unsent[], keys: string[]) => change('unsent', drafts, keys);

/** Tabs that are alive now. What the others left is taken over. */
export async function living(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map((lock) => lock.name?.replace('ft.tab.', '') ?? ''));
}
