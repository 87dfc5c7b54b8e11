import { useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useIdempotencyKey } from '~/lib/use-idempotency-key';
import { type Entry, turn } from './api';
import { messages } from './messages';

const incomplete = ['entry.incomplete', 'entry.not_eligible'];

/**
 * Submits, withdraws or revives once however often it is pressed; says what went wrong. `lacking`: what went wrong
 * is that something of the entry is missing, which the entry itself tells.
 */
export function useDeed(entryId: string) {
  const t = useMessages(messages);
  const key = useIdempotencyKey();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [lacking, setLacking] = useState(false);
  const run = async (deed: 'submit' | 'withdraw' | 'revive', done?: string): Promise<Entry | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setError('');
    try {
      const entry = await turn(entryId, deed, key.key());
      key.renew();
      if (done) showToast(done);
      return entry;
    } catch (failure) {
      // A refusal is final for this key; a lost answer must be asked for with the same one.
      if (failure instanceof ProblemError && failure.status >= 400 && failure.status < 500) key.renew();
      setError(failure instanceof ProblemError ? failure.message : t('failed'));
      setLacking(failure instanceof ProblemError && incomplete.includes(failure.code));
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error, lacking };
}
