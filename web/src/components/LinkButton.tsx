import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import type { ButtonKind } from './Button';

type Props = {
  /** Path without language inside the page; anything starting with http or /api is a plain link. */
  href: string;
  kind?: ButtonKind;
  /** Name of the file to save, for plain links. */
  download?: string | boolean;
  children: ComponentChildren;
};

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ href, kind, download, children }: Props) {
  const classes = kind ? `button button-${kind}` : 'button';
  if (/^(?:https?:|mailto:|\/api\/|\/files\/)/.test(href)) {
    return (
      <a href={href} class={classes} download={download}>
        {children}
      </a>
    );
  }
  return (
    <Link href={href} class={classes}>
      {children}
    </Link>
  );
}
