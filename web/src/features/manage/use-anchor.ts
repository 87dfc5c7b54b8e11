import { useEffect } from 'preact/hooks';
import { jumpToHash } from '~/lib/scroll-memory';

/** Goes to the section that the address names, once a page that waited for its data is there: to where one writes. */
export function useAnchor(): void {
  useEffect(() => {
    // After the heading has taken the focus, which it does when the page appears.
    const timer = setTimeout(() => {
      if (!jumpToHash()) return;
      const control = document.activeElement?.querySelector<HTMLElement>('textarea, input');
      control?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, []);
}
