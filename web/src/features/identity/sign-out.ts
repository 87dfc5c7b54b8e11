import { api, ok } from '~/api/client';
import { signedOut } from '~/api/session';

/** Ends the session on the server, then in every tab. Throws when the server cannot be reached. */
export async function signOut(everywhere: boolean): Promise<void> {
  await ok(api.POST('/auth/sign-out', { body: { everywhere } }));
  signedOut();
}
