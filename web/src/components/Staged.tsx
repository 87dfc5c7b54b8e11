import { type ComponentChildren, toChildArray } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * Draws its children one after the other, each in a task of its own: a long page never holds up the reader's
 * first tap. For what lies below the first screen only; everything is there within a few frames.
 */
export function Staged({ children }: { children: ComponentChildren }) {
  const parts = toChildArray(children);
  const [drawn, draw] = useState(1);
  const more = drawn < parts.length;
  useEffect(() => {
    if (!more) return;
    const next = setTimeout(() => draw(drawn + 1));
    return () => clearTimeout(next);
  }, [drawn, more]);
  return <>{parts.slice(0, drawn)}</>;
}
