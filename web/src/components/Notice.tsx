import type { ComponentChildren } from 'preact';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

type Props = {
  tone?: Tone;
  title?: ComponentChildren;
  children?: ComponentChildren;
  /** Reads it out when it appears: for things that happened while the page was open. */
  live?: boolean;
};

/** A bordered note. The tone is never the only sign: the words carry it. */
export function Notice({ tone = 'info', title, children, live }: Props) {
  return (
    <div class={`notice tone-${tone}`} role={live ? 'status' : undefined}>
      {title ? <p class="notice-title">{title}</p> : null}
      {children}
    </div>
  );
}
