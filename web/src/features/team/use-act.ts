import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { messages } from './messages';

/** Does something once however often it is pressed; says what went wrong. */
export function useAct() {
  const t = useMessages(messages);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const run = async (act: () => Promise<unknown>, done?: string): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError('');
    try {
      await act();
      if (done) showToast(done);
      return true;
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure.message : t('failed'));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error };
}
