import { useState } from 'preact/hooks';
import { proved } from '~/features/prove/proved';
import { showToast } from '~/lib/toast';
import { refreshPeople } from '../api';

/** A deed that needs no form: asks first when told, keeps what went wrong, reads the lists again. */
export function useDeed(act: () => Promise<unknown>, done: string) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setAsking(false);
    setError(undefined);
    try {
      await proved(act);
      await refreshPeople();
      showToast(done);
    } catch (failure) {
      setError(failure);
    }
  };
  return { asking, error, run, ask: () => setAsking(true), close: () => setAsking(false) };
}
