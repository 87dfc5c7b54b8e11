import type { ComponentChildren } from 'preact';
import { describedBy, type FieldProps, FieldTexts, idOf, LabelNote } from './Field';

export type RadioOption = { value: string; label: string; hint?: ComponentChildren; lang?: string };

type Props = FieldProps & {
  value: string;
  onValue: (value: string) => void;
  options: RadioOption[];
  /** Draws the options as one row of equal boxes, for scores. */
  scale?: boolean;
};

/** Choices in a fieldset. With `scale`, digits in boxes: the anchor text of the chosen one goes into `hint`. */
export function RadioGroup({ value, onValue, options, scale, ...field }: Props) {
  const { name, label, hint, error, optional, bare } = field;
  // The first one carries the field's id, so that an error summary's link lands on it.
  const idAt = (at: number) => (at === 0 ? idOf(name) : `${idOf(name)}-${at}`);
  const radio = (option: RadioOption, at: number) => (
    <input
      type="radio"
      id={idAt(at)}
      name={name}
      value={option.value}
      checked={option.value === value}
      aria-describedby={option.hint && !scale ? `${idOf(name)}-${at}-hint` : undefined}
      onChange={() => onValue(option.value)}
    />
  );
  return (
    <fieldset
      class={error ? 'field field-error' : 'field'}
      aria-describedby={describedBy(name, hint, error)}
      aria-invalid={error ? true : undefined}
    >
      <legend class="label">
        {label}
        <LabelNote optional={optional} bare={bare} />
      </legend>
      <FieldTexts name={name} hint={hint} error={error} />
      {scale ? (
        <div class="scale">
          {options.map((option, at) => (
            <label
              key={option.value}
              for={idAt(at)}
              title={typeof option.hint === 'string' ? option.hint : undefined}
            >
              {radio(option, at)}
              {option.label}
            </label>
          ))}
        </div>
      ) : (
        options.map((option, at) => (
          <div key={option.value} class="choice">
            {radio(option, at)}
            <label for={idAt(at)} lang={option.lang}>
              {option.label}
            </label>
            {option.hint ? (
              <div class="hint" id={`${idOf(name)}-${at}-hint`}>
                {option.hint}
              </div>
            ) : null}
          </div>
        ))
      )}
    </fieldset>
  );
}
