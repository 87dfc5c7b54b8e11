import { QueryClientProvider } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { Router } from 'wouter-preact';
import { queries } from '~/api/query';
import { session } from '~/api/session';
import { LiveRegion } from '~/components/LiveRegion';
import { prefixOf, withoutPrefix } from '~/i18n/languages';
import { LanguageContext } from '~/i18n/use-messages';
import { forThisTab } from '~/lib/storage';
import { Crash } from './Crash';
import { Footer } from './Footer';
import { Header } from './Header';
import { OfflineBanner } from './OfflineBanner';
import { RouteView } from './RouteView';
import { SkipLink } from './SkipLink';
import { type Shown, useRoute } from './use-route';

/** The whole page: header, the route in front, footer. */
export function App({ first }: { first: Shown }) {
  const { shown, loading } = useRoute(first);

  useEffect(
    () =>
      session.subscribe(() => {
        // What one person read or typed must not show for the next.
        queries.removeQueries({ type: 'inactive' });
        void queries.resetQueries();
        if (session.get() === 'out') forThisTab.clear();
      }),
    [],
  );

  return (
    <QueryClientProvider client={queries}>
      <LanguageContext.Provider value={shown.language}>
        <Router base={prefixOf(shown.language)}>
          <SkipLink />
          <OfflineBanner />
          <Header path={shown.pathname} />
          <main
            id="main"
            tabIndex={-1}
            class={shown.route?.wide ? 'main main-wide' : 'main'}
            aria-busy={loading}
          >
            <Crash key={withoutPrefix(shown.pathname)}>
              <RouteView shown={shown} />
            </Crash>
          </main>
          {shown.route?.wide ? null : <Footer />}
          <LiveRegion />
        </Router>
      </LanguageContext.Provider>
    </QueryClientProvider>
  );
}
