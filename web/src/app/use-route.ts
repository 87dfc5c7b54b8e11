import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePathname } from 'wouter-preact/use-browser-location';
import { loadCatalogue } from '~/i18n/catalogue';
import { type Language, languageOf, withoutPrefix } from '~/i18n/languages';
import { focusHeadingSoon } from '~/lib/page-focus';
import { jumpToHash, restoreScroll } from '~/lib/scroll-memory';
import { findRoute } from '~/routes';
import type { PageProps, Params, Route } from '~/routes/route';
import { messages } from './messages';

/** The page in front: everything it needs is loaded. */
export type Shown = {
  pathname: string;
  language: Language;
  /** Undefined when no route fits. */
  route: Route | undefined;
  params: Params;
  Page: ComponentType<PageProps> | undefined;
  failed: boolean;
};

/** Loads code and catalogues of a path. Rejects when they cannot be fetched. */
export async function prepare(pathname: string): Promise<Shown> {
  const language = languageOf(pathname);
  const words = loadCatalogue(messages, language);
  const match = await findRoute(pathname);
  const [page] = await Promise.all([
    match?.route.load(),
    words,
    ...(match?.route.messages ?? []).map((source) => loadCatalogue(source, language)),
  ]);
  return {
    pathname,
    language,
    route: match?.route,
    params: match?.params ?? {},
    Page: page?.default,
    failed: false,
  };
}

let front = location.pathname;
let back = false;
addEventListener('popstate', () => {
  // A jump inside the page fires it as well.
  back = location.pathname !== front;
});

/**
 * Follows the address. The old page stays until the new one is ready; then the title is set by the page,
 * the focus goes to its heading and the scroll position to the top or, going back, to where it was left.
 */
export function useRoute(first: Shown): { shown: Shown; loading: boolean } {
  const pathname = usePathname();
  const [shown, setShown] = useState(first);
  const current = useRef(first);

  useEffect(() => {
    if (pathname === current.current.pathname && !current.current.failed) return;
    let stale = false;
    const goingBack = back;
    back = false;
    prepare(pathname)
      .catch((): Shown => ({ ...current.current, pathname, failed: true }))
      .then((next) => {
        if (stale) return;
        const samePage = withoutPrefix(next.pathname) === withoutPrefix(current.current.pathname);
        current.current = next;
        front = next.pathname;
        document.documentElement.lang = next.language;
        setShown(next);
        // Another language of the same page: the reader stays on the switcher and in place.
        if (samePage) return;
        requestAnimationFrame(() => {
          if (goingBack) restoreScroll();
          else if (jumpToHash()) return;
          else scrollTo(0, 0);
          focusHeadingSoon();
        });
      });
    return () => {
      stale = true;
    };
  }, [pathname]);

  return { shown, loading: shown.pathname !== pathname };
}
