import { session } from '~/api/session';
import { useStore } from '~/lib/store';
import { ErrorPage } from './ErrorPage';
import { NotFoundPage } from './NotFoundPage';
import { SignInNeeded } from './SignInNeeded';
import type { Shown } from './use-route';

/** The page of the route in front, or what stands in for it. */
export function RouteView({ shown }: { shown: Shown }) {
  const state = useStore(session);
  if (shown.failed) return <ErrorPage reload />;
  if (!shown.Page) return <NotFoundPage />;
  if (shown.route?.signedIn && state === 'out') return <SignInNeeded key={shown.pathname} />;
  return <shown.Page params={shown.params} />;
}
