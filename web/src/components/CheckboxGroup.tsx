import type { ComponentChildren } from 'preact';
import { describedBy, type FieldProps, FieldTexts, idOf, LabelNote } from './Field';
import type { RadioOption } from './RadioGroup';

type Props = FieldProps & {
  values: string[];
  onValues: (values: string[]) => void;
  options: (Omit<RadioOption, 'hint'> & { hint?: ComponentChildren })[];
};

/** Any number of choices in a fieldset. Values keep the order of the options. */
export function CheckboxGroup({ values, onValues, options, ...field }: Props) {
  const { name, label, hint, error, optional, bare } = field;
  const toggle = (value: string, on: boolean) =>
    onValues(
      options.map((each) => each.value).filter((each) => (each === value ? on : values.includes(each))),
    );
  return (
    <fieldset class={error ? 'field field-error' : 'field'} aria-describedby={describedBy(name, hint, error)}>
      <legend class="label">
        {label}
        <LabelNote optional={optional} bare={bare} />
      </legend>
      <FieldTexts name={name} hint={hint} error={error} />
      {options.map((option, at) => {
        const id = at === 0 ? idOf(name) : `${idOf(name)}-${at}`;
        return (
          <div key={option.value} class="choice">
            <input
              type="checkbox"
              id={id}
              checked={values.includes(option.value)}
              aria-describedby={option.hint ? `${id}-option-hint` : undefined}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
            <label for={id} lang={option.lang}>
              {option.label}
            </label>
            {option.hint ? (
              <div class="hint" id={`${id}-option-hint`}>
                {option.hint}
              </div>
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
}
