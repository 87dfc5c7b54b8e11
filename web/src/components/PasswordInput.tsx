import { useState } from 'preact/hooks';
import { Button } from './Button';
import { describedBy, Field, type FieldProps, idOf } from './Field';

type Props = FieldProps & {
  value: string;
  onValue: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  /** What the button says. */
  show: string;
};

/** A password that whoever types it may look at: nobody has to remember what was typed unseen. */
export function PasswordInput({ value, onValue, autocomplete, show, ...props }: Props) {
  const [shown, setShown] = useState(false);
  const { name, hint, error, optional, bare } = props;
  return (
    <Field {...props}>
      <div class="password">
        <input
          type={shown ? 'text' : 'password'}
          id={idOf(name)}
          name={name}
          class="input"
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          value={value}
          aria-required={!optional && !bare}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, hint, error)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <Button
          kind="outline"
          aria-pressed={shown}
          aria-controls={idOf(name)}
          onClick={() => setShown(!shown)}
        >
          {show}
        </Button>
      </div>
    </Field>
  );
}
