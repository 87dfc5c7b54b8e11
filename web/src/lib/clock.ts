import { useEffect, useState } from 'preact/hooks';

// The server's clock decides deadlines, so "closes in 3 days" is counted on it, not on the visitor's.
let offset = 0;

/** Learns the server's time from the Date header of an answer that came from the server just now. */
export function learnServerTime(response: Response): void {
  const header = response.headers.get('date');
  // What a cache may keep could carry the time of yesterday.
  if (!header || /max-age=[1-9]/.test(response.headers.get('cache-control') ?? '')) return;
  // The header is cut to whole seconds; small differences are noise.
  const difference = Date.parse(header) + 500 - Date.now();
  if (!Number.isNaN(difference)) offset = Math.abs(difference) > 2000 ? difference : 0;
}

/** Now, on the server's clock. */
export function serverNow(): Date {
  return new Date(Date.now() + offset);
}

/** Now on the server's clock, renewed every `every` milliseconds. */
export function useNow(every = 30_000): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
