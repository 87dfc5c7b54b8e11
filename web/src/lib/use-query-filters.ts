import { useEffect, useState } from 'preact/hooks';
import { navigate, useSearch } from 'wouter-preact/use-browser-location';

/**
 * Filters that live in the address, so that a list can be shared and the back button works. Values equal
 * to their default leave the address clean. Changing one drops a cursor by itself: cursors are not in it.
 */
export function useQueryFilters<F extends Record<string, string>>(defaults: F) {
  const search = new URLSearchParams(useSearch());
  const filters = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof F & string)[]) {
    const value = search.get(name);
    if (value !== null) filters[name] = value as F[typeof name];
  }
  const go = (next: URLSearchParams) => {
    const query = next.toString();
    navigate(location.pathname + (query ? `?${query}` : ''), { replace: true });
  };
  const set = (name: keyof F & string, value: string) => {
    const next = new URLSearchParams(location.search);
    if (value === defaults[name]) next.delete(name);
    else next.set(name, value);
    go(next);
  };
  const changed = Object.keys(defaults).some((name) => filters[name] !== defaults[name]);
  return { filters, set, changed, clear: () => go(new URLSearchParams()) };
}

/** The value as it was once it stood still for `ms`: for queries that follow typing. */
export function useSettled<T extends Record<string, string>>(value: T, ms = 300): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}
