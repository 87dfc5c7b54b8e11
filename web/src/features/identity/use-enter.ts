import { useLocation } from 'wouter-preact';
import { signedIn } from '~/api/session';
import { home, keepWanted, keptWanted, wanted } from './next';

/** Takes the session that was opened, and goes on to where one came from. */
export function useEnter(): (accessToken: string) => Promise<void> {
  const [, navigate] = useLocation();
  return async (accessToken) => {
    signedIn(accessToken);
    const next = wanted() ?? keptWanted() ?? (await home());
    keepWanted(undefined);
    navigate(next, { replace: true });
  };
}
