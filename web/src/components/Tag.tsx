import type { ComponentChildren } from 'preact';
import type { Tone } from './Notice';

/** A state in one or two words. */
export function Tag({ tone, children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={tone ? `tag tag-${tone}` : 'tag'}>{children}</span>;
}
