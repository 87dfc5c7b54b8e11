import { describedBy, type FieldProps, FieldTexts, idOf, LabelNote } from './Field';

type Props = FieldProps & { checked: boolean; onChecked: (checked: boolean) => void };

/** One box to tick, its label beside it. */
export function Checkbox({ checked, onChecked, ...field }: Props) {
  const { name, label, hint, error, optional, bare } = field;
  return (
    <div class={error ? 'field field-error' : 'field'}>
      <div class="choice">
        <input
          type="checkbox"
          id={idOf(name)}
          name={name}
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, hint, error)}
          onChange={(event) => onChecked(event.currentTarget.checked)}
        />
        <label for={idOf(name)}>
          {label}
          <LabelNote optional={optional} bare={bare} />
        </label>
        <FieldTexts name={name} hint={hint} error={error} />
      </div>
    </div>
  );
}
