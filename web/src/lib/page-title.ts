import { useEffect } from 'preact/hooks';
import { createStore, useStore } from './store';

/** True while the page shows an error summary: the title then says so first. */
export const titleError = createStore(false);

/** "Error: Sign in – Fieldtrial". */
export function usePageTitle(title: string, product: string, errorPrefix: string): void {
  const failed = useStore(titleError);
  useEffect(() => {
    const name = title === product ? title : `${title} – ${product}`;
    document.title = failed ? `${errorPrefix}${name}` : name;
  }, [title, product, errorPrefix, failed]);
}
