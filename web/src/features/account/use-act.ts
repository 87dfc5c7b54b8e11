import { useState } from 'preact/hooks';
import { proved } from '~/features/prove/proved';
import { PasskeyCancelled } from '~/lib/passkey';
import { showToast } from '~/lib/toast';
import { refreshAccount } from './api';

/** A deed of one press: asks for a proof where the server wants one, keeps what went wrong, reads again. */
export function useAct(act: () => Promise<unknown>, done: string) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await proved(act);
      await refreshAccount();
      if (done) showToast(done);
    } catch (failure) {
      if (!(failure instanceof PasskeyCancelled)) setError(failure);
    }
  };
  return { asking, error, run, ask: () => setAsking(true), close: () => setAsking(false) };
}
