import type { ComponentChildren } from 'preact';

type Props = {
  /** Why there is nothing. */
  title: string;
  children?: ComponentChildren;
  /** The one thing to do about it. */
  action?: ComponentChildren;
  level?: 2 | 3;
};

/** Says why a list is empty and offers one action. */
export function EmptyState({ title, children, action, level = 2 }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div class="empty">
      <Heading>{title}</Heading>
      {children}
      {action}
    </div>
  );
}
