import { useEffect, useRef } from 'preact/hooks';
import type { Item, Meeting } from './api';

/**
 * Keeps the keyboard where the work goes on: what was pressed goes away when the meeting opens or closes, when an
 * entry is called or left, and when a form is made anew with what was saved.
 */
export function useFocus(meeting: Meeting, current: Item | undefined): void {
  const now = {
    state: meeting.state,
    plan: meeting.version,
    entry: current?.entryId,
    saved: current?.version,
  };
  const before = useRef(now);
  useEffect(() => {
    const was = before.current;
    before.current = now;
    if (was.state !== now.state) focus(now.state === 'closed' ? 'h1' : '#agenda');
    else if (was.entry !== now.entry) focus(now.entry ? '#current' : '#agenda');
    else if (was.saved !== now.saved) focus('.meeting-current [type=submit]');
    else if (was.plan !== now.plan) focus('.meeting-plan [type=submit]');
  }, [now.state, now.plan, now.entry, now.saved]);
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
