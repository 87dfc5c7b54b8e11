import { useState } from 'preact/hooks';

/**
 * The token of a link in a mail. It stands after the #, so that it reaches no server, log or other site
 * before its holder presses a button.
 */
export function useMailedToken(): string {
  const [token] = useState(() => location.hash.slice(1));
  return token;
}
