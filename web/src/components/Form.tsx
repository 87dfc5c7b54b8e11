import type { ComponentChildren } from 'preact';
import type { Form as FormState, Values } from '~/lib/use-form';
import { ErrorSummary } from './ErrorSummary';

type Props<V extends Values> = { form: FormState<V>; children: ComponentChildren };

/** A form of useForm: the error summary first, then the fields. Browser bubbles are off: we say it better. */
export function Form<V extends Values>({ form, children }: Props<V>) {
  return (
    <form
      class="form"
      noValidate
      aria-busy={form.busy}
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      {form.errors ? <ErrorSummary {...form.errors} /> : null}
      {children}
    </form>
  );
}
