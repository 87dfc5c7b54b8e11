import type { ComponentType } from 'preact';
import type { Catalogue } from '~/i18n/catalogue';

export type Params = Record<string, string>;

/** What every page component gets. */
export type PageProps = { params: Params };

/**
 * One page. Keep `path` and `load` next to each other and the import relative with './': the build reads
 * them to tell the server what to preload.
 */
export type Route = {
  /** Path without language, e.g. '/challenges/:slug'. */
  path: string;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
  /** Catalogues that the page uses; the router has them loaded before it renders the page. */
  messages: Catalogue<string>[];
  /** Shows the sign-in page instead while nobody is signed in. */
  signedIn?: boolean;
  /** Uses the full width of the window (jury cockpit). */
  wide?: boolean;
};
