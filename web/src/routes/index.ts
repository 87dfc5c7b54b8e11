import { routes as contest } from '~/features/contest/routes';
import { withoutPrefix } from '~/i18n/languages';
import { type Match, matchRoute } from './match';

/**
 * The page of a path, in any language. What visitors see first is in the entry chunk; the table of all other
 * pages is fetched with the first of them, so that a new page costs the landing page nothing.
 */
export async function findRoute(pathname: string): Promise<Match | undefined> {
  const path = withoutPrefix(pathname);
  return matchRoute(contest, path) ?? matchRoute((await import('./rest')).routes, path);
}
