import { describedBy, Field, type FieldProps, idOf } from './Field';

export type Option = { value: string; label: string; lang?: string };

type Props = FieldProps & {
  value: string;
  onValue: (value: string) => void;
  options: Option[];
  /** First entry that stands for "nothing chosen yet". */
  empty?: string;
};

/** A native select. */
export function Select({ value, onValue, options, empty, ...field }: Props) {
  const { name, hint, error, optional, bare } = field;
  return (
    <Field {...field}>
      <select
        id={idOf(name)}
        name={name}
        class="input select"
        value={value}
        aria-required={!optional && !bare}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
