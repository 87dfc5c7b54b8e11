import { useRef } from 'preact/hooks';

/** The Idempotency-Key of a deed without a form: the same until `renew` after success. */
export function useIdempotencyKey(): { key: () => string; renew: () => void } {
  const key = useRef(crypto.randomUUID());
  return {
    key: () => key.current,
    renew: () => {
      key.current = crypto.randomUUID();
    },
  };
}
