import { useEffect } from 'preact/hooks';
import { jumpToHash } from '~/lib/scroll-memory';

/** Goes to the section that the address names, once a page that waited for its data is there. */
export function useAnchor(): void {
  useEffect(() => {
    // After the heading has taken the focus, which it does when the page appears.
    const timer = setTimeout(jumpToHash, 50);
    return () => clearTimeout(timer);
  }, []);
}
