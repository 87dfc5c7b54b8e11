import { createStore } from './store';

/** What the polite live region says now; `components/LiveRegion.tsx` shows it. */
export const announcement = createStore('');

/** Tells something to screen readers without moving the focus: "9 challenges", "Draft saved 18:02". */
export function announce(text: string): void {
  // The same words twice would not be read: empty the region first.
  announcement.set('');
  setTimeout(() => announcement.set(text), 50);
}
