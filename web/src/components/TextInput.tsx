import type { InputHTMLAttributes } from 'preact';
import { describedBy, Field, type FieldProps, idOf } from './Field';

type Native = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  | 'type'
  | 'autocomplete'
  | 'inputMode'
  | 'lang'
  | 'min'
  | 'max'
  | 'step'
  | 'onBlur'
  | 'spellcheck'
  | 'placeholder'
>;

type Props = FieldProps &
  Native & {
    value: string;
    onValue: (value: string) => void;
    /** For short values: years, codes, numbers. */
    short?: boolean;
  };

/** One line of text, and every other kind of native input: email, password, search, date, number. */
export function TextInput({ value, onValue, short, ...props }: Props) {
  const { name, label, hint, error, optional, bare, ...native } = props;
  return (
    <Field {...{ name, label, hint, error, optional, bare }}>
      <input
        // What people write may run from right to left; addresses and numbers never do.
        dir={
          native.type === undefined || native.type === 'text' || native.type === 'search' ? 'auto' : undefined
        }
        {...native}
        id={idOf(name)}
        name={name}
        class={short ? 'input input-short' : 'input'}
        value={value}
        aria-required={!optional && !bare}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
  );
}
