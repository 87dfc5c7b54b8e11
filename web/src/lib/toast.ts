import { createStore } from './store';

/** What the toast says now. */
export const toast = createStore('');

/** Confirms something small for six seconds. Never for errors or for anything that must be acted on. */
export function showToast(text: string): void {
  toast.set(text);
}
