import { useLayoutEffect, useRef } from 'preact/hooks';

/** Focuses an element by its id once the next drawing has brought it: what was added, or stands where something was removed. */
export function useFocusNext(): (id: string) => void {
  const next = useRef('');
  useLayoutEffect(() => {
    if (!next.current) return;
    document.getElementById(next.current)?.focus();
    next.current = '';
  });
  return (id) => {
    next.current = id;
  };
}
