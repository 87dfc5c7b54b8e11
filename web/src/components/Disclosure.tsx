import type { ComponentChildren } from 'preact';

type Props = { summary: ComponentChildren; open?: boolean; children: ComponentChildren };

/** Details that most readers do not need. Native, so that the browser's search opens it. */
export function Disclosure({ summary, open, children }: Props) {
  return (
    <details open={open}>
      <summary>{summary}</summary>
      <div class="disclosure-body">{children}</div>
    </details>
  );
}
