import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export type SaveState = {
  state: 'clean' | 'waiting' | 'saving' | 'saved' | 'failed';
  /** When the server last said that it has it. */
  savedAt: Date | undefined;
  error: unknown;
  /** Saves now: on blur, before leaving, before a submit. Resolves when everything typed is saved. */
  flush: () => Promise<void>;
};

/**
 * Saves 2 s after typing stops. Saves never overlap and the last value always wins; a failed one is
 * tried again every 5 s and when the connection is back. Pass what is kept on the server
 * at first, or name it as `known`.
 */
export function useAutosave<T>(
  value: T,
  save: (value: T) => Promise<void>,
  delay = 2000,
  known = value,
): SaveState {
  const [status, setStatus] = useState<Omit<SaveState, 'flush'>>({
    state: 'clean',
    savedAt: undefined,
    error: undefined,
  });
  const text = JSON.stringify(value);
  const now = useRef({ value, text, save });
  now.current = { value, text, save };
  const stored = useRef('');
  stored.current ||= JSON.stringify(known);
  const running = useRef<Promise<void>>();
  const gone = useRef(false);

  const flush = useCallback((): Promise<void> => {
    running.current ??= (async () => {
      while (stored.current !== now.current.text) {
        const sent = now.current;
        if (!gone.current) setStatus((s) => ({ ...s, state: 'saving' }));
        await sent.save(sent.value);
        stored.current = sent.text;
        if (!gone.current) setStatus({ state: 'saved', savedAt: new Date(), error: undefined });
      }
    })()
      .catch((error: unknown) => {
        if (!gone.current) setStatus((s) => ({ ...s, state: 'failed', error }));
        throw error;
      })
      .finally(() => {
        running.current = undefined;
      });
    return running.current;
  }, []);

  const quietly = useCallback(() => {
    // The state tells of the failure; nobody awaits this one.
    flush().catch(() => {});
  }, [flush]);

  useEffect(() => {
    if (text === stored.current) return;
    setStatus((s) => (s.state === 'saving' ? s : { ...s, state: 'waiting' }));
    const timer = setTimeout(quietly, delay);
    return () => clearTimeout(timer);
  }, [text, delay, quietly]);

  useEffect(() => {
    if (status.state !== 'failed') return;
    const timer = setInterval(quietly, 5000);
    addEventListener('online', quietly);
    return () => {
      clearInterval(timer);
      removeEventListener('online', quietly);
    };
  }, [status.state, quietly]);

  useEffect(() => {
    gone.current = false;
    const leaving = () => document.visibilityState === 'hidden' && quietly();
    document.addEventListener('visibilitychange', leaving);
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      gone.current = true;
      quietly();
    };
  }, [quietly]);

  return { ...status, flush };
}
