import { createStore } from '~/lib/store';
import type { Unsent } from './unsent';

/** What this browser still has to send, for the pages to show. */
export const waiting = createStore<Unsent[]>([]);

/** The papers open in this tab: their own page sends them. */
export const open = new Set<string>();
