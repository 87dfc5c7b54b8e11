import type { ButtonHTMLAttributes } from 'preact';

export type ButtonKind = 'primary' | 'outline' | 'danger' | 'link';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind };

/** A native button, type "button" unless told. There is no disabled state: say why instead. */
export function Button({ kind, class: extra, ...rest }: Props) {
  const classes = ['button', kind && `button-${kind}`, extra].filter(Boolean).join(' ');
  return <button type="button" {...rest} class={classes} />;
}
