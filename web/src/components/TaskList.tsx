import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Link } from 'wouter-preact';
import type { Tone } from './Notice';
import { Tag } from './Tag';

export type Task = {
  href: string;
  title: string;
  /** The state in words: "Complete", "Not started". */
  status: string;
  tone?: Tone;
  hint?: ComponentChildren;
};

/** Sections to work through in any order, each with its state. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  const id = useId();
  return (
    <ul class="tasks">
      {tasks.map(({ href, title, status, tone, hint }, at) => (
        <li key={href} class="task">
          <Link href={href} class="row-link" aria-describedby={`${id}-${at}`}>
            {title}
          </Link>
          <span id={`${id}-${at}`}>
            <Tag tone={tone}>{status}</Tag>
          </span>
          {hint ? <span class="hint">{hint}</span> : null}
        </li>
      ))}
    </ul>
  );
}
