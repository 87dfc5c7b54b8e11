import type { ComponentChildren } from 'preact';
import { messages } from '~/app/messages';
import { countCharacters } from '~/i18n/count';
import { useMessages } from '~/i18n/use-messages';
import { describedBy, Field, type FieldProps, idOf } from './Field';

type Props = FieldProps & {
  value: string;
  onValue: (value: string) => void;
  onBlur?: () => void;
  rows?: number;
  lang?: string;
  /** Most characters allowed; shows how many are left. Typing past it is possible: cutting loses text. */
  limit?: number;
  /** Another line that describes the control, such as how many words are left. */
  note?: ComponentChildren;
};

/** Several lines of text, growing with what is typed. */
export function TextArea({ value, onValue, onBlur, rows = 5, lang, limit, note, ...field }: Props) {
  const t = useMessages(messages);
  const { name, hint, error, optional, bare } = field;
  const left = limit === undefined ? 0 : limit - countCharacters(value);
  const described = [
    describedBy(name, hint, error),
    limit ? `${idOf(name)}-count` : '',
    note ? `${idOf(name)}-note` : '',
  ];
  return (
    <Field {...field}>
      <textarea
        id={idOf(name)}
        name={name}
        class="input"
        rows={rows}
        lang={lang}
        dir="auto"
        value={value}
        aria-required={!optional && !bare}
        aria-invalid={error ? true : undefined}
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
        onBlur={onBlur}
      />
      {limit === undefined ? null : (
        <p id={`${idOf(name)}-count`} class={left < 0 ? 'small counter-over' : 'hint'}>
          {left < 0 ? t('field.over', { n: -left }) : t('field.left', { n: left })}
        </p>
      )}
      {note ? <div id={`${idOf(name)}-note`}>{note}</div> : null}
    </Field>
  );
}
