import { useEffect } from 'preact/hooks';
import { jumpToHash } from '~/lib/scroll-memory';

const fields = 'textarea, input, select';

/**
 * Goes to the section that the address names, once a page that waited for its data is there: to where one
 * writes. Whoever writes already is left where they are; their next letters would land in another field.
 */
export function useAnchor(): void {
  useEffect(() => {
    // After the heading has taken the focus, which it does when the page appears.
    const timer = setTimeout(() => {
      if (document.activeElement?.matches(fields)) return;
      if (!jumpToHash()) return;
      document.activeElement?.querySelector<HTMLElement>(fields)?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, []);
}
