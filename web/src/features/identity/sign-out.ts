import { api, ok } from '~/api/client';
import { signedOut } from '~/api/session';
import { lasting } from '~/lib/storage';

/** Ends the session on the server, then in every tab. Throws when the server cannot be reached. */
export async function signOut(everywhere: boolean): Promise<void> {
  await ok(api.POST('/auth/sign-out', { body: { everywhere } }));
  lasting.removeAll('ft.typed.'); // what was typed and not saved is for its writer alone
  // What a juror took along goes with the session.
  if (lasting.get('ft.along')) await (await import('~/features/jury/along')).wipe().catch(() => {});
  signedOut();
}
