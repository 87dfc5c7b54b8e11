import type { ComponentChildren } from 'preact';
import { messages } from '~/app/messages';
import { useMessages } from '~/i18n/use-messages';

/** What every control of the kit takes. `form.field(name)` of useForm gives name, error, value, onValue. */
export type FieldProps = {
  name: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: string;
  /** Said in words beside the label: required unless `optional`. */
  optional?: boolean;
  /** Leaves the word out, as in filters. */
  bare?: boolean;
};

/** Id of a field's control, to which error summaries link. */
export const idOf = (name: string) => `f-${name.replaceAll('.', '-')}`;

/** Ids that describe a control: its hint, then its error. */
export function describedBy(name: string, hint: unknown, error: string | undefined): string | undefined {
  const ids = [hint ? `${idOf(name)}-hint` : '', error ? `${idOf(name)}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** The words "required" or "optional" after a label. */
export function LabelNote({ optional, bare }: { optional?: boolean; bare?: boolean }) {
  const t = useMessages(messages);
  // The space keeps the words apart where the label is read out.
  return bare ? null : (
    <>
      {' '}
      <span class="label-note">{t(optional ? 'field.optional' : 'field.required')}</span>
    </>
  );
}

/** Hint and error of a field. */
export function FieldTexts({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  const t = useMessages(messages);
  return (
    <>
      {hint ? (
        <div class="hint" id={`${idOf(name)}-hint`}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <p class="error-text" id={`${idOf(name)}-error`}>
          <span class="visually-hidden">{t('errorPrefix')}</span>
          {error}
        </p>
      ) : null}
    </>
  );
}

/** A label, its hint and error, and one control under them. */
export function Field({ children, ...field }: FieldProps & { children: ComponentChildren }) {
  const { name, label, hint, error, optional, bare } = field;
  return (
    <div class={error ? 'field field-error' : 'field'}>
      <label for={idOf(name)} class="label">
        {label}
        <LabelNote optional={optional} bare={bare} />
      </label>
      <FieldTexts name={name} hint={hint} error={error} />
      {children}
    </div>
  );
}
