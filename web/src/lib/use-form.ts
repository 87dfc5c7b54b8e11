import { useCallback, useRef, useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { forThisTab } from './storage';

export type Value = string | number | boolean | string[] | null;
export type Values = Record<string, Value>;

export type FormErrors = {
  message?: string;
  fields: Record<string, string>;
  /** The texts are the server's, which say what is wrong but not with which field. */
  nameless?: boolean;
  requestId?: string;
  attempt: number;
};

type Options<V extends Values> = {
  /** Names the kept draft; one a form, with the id of what is edited: `challenge-${id}`. */
  id: string;
  initial: V;
  /** Fields never kept in the browser: passwords. */
  secret?: (keyof V & string)[];
  /** Faults seen before sending, by field. The server checks all the same. */
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
  /** Where the server's names differ: { 'team.name': 'teamName' }. */
  serverNames?: Record<string, keyof V & string>;
  /**
   * Sends. `key` is the Idempotency-Key of this deed: the same for every try of the same values.
   * Throw (ProblemError) to show what went wrong; return to forget the kept draft.
   */
  submit: (values: V, key: string) => Promise<void>;
  /** Text for errors that are no problems of the API. */
  failed: string;
};

export type Form<V extends Values> = {
  values: V;
  set: <K extends keyof V & string>(name: K, value: V[K]) => void;
  /** Replaces all values, as after another version was read; what is typed while the form is sent stays. */
  reset: (values: V) => void;
  submit: () => Promise<void>;
  busy: boolean;
  errors: FormErrors | undefined;
  /** Props for TextInput, TextArea, Select and RadioGroup. */
  field: <K extends keyof V & string>(
    name: K,
  ) => { name: K; value: string; onValue: (value: string) => void; error?: string };
  /** Props for Checkbox. */
  box: <K extends keyof V & string>(
    name: K,
  ) => { name: K; checked: boolean; onChecked: (checked: boolean) => void; error?: string };
  /** Props for CheckboxGroup. */
  list: <K extends keyof V & string>(
    name: K,
  ) => { name: K; values: string[]; onValues: (values: string[]) => void; error?: string };
};

/**
 * The state of a form: keeps what was typed for this tab, maps the server's faults to fields, sends a
 * deed once however often the button is pressed. Show it with `<Form form={form}>`.
 */
export function useForm<V extends Values>(options: Options<V>): Form<V> {
  const place = `ft.form.${options.id}`;
  const [values, setValues] = useState<V>(() => ({ ...options.initial, ...kept<V>(place) }));
  const [errors, setErrors] = useState<FormErrors>();
  const [busy, setBusy] = useState(false);
  const latest = useRef(values);
  const sending = useRef<V>();
  const key = useRef(crypto.randomUUID());

  const replace = useCallback(
    (next: V, keep: boolean) => {
      latest.current = next;
      // Other values are another deed.
      key.current = crypto.randomUUID();
      setValues(next);
      const open = Object.entries(next).filter(([name]) => !options.secret?.includes(name));
      if (keep) forThisTab.set(place, JSON.stringify(Object.fromEntries(open)));
      else forThisTab.remove(place);
    },
    [place, options.secret],
  );

  const set: Form<V>['set'] = (name, value) => replace({ ...latest.current, [name]: value }, true);

  const fail = (fields: Record<string, string>, message?: string, requestId?: string, nameless?: boolean) => {
    const order = Object.keys(options.initial);
    const sorted = Object.entries(fields).sort(([a], [b]) => rank(order, a) - rank(order, b));
    setErrors((before) => ({
      message,
      fields: Object.fromEntries(sorted),
      nameless,
      requestId,
      attempt: (before?.attempt ?? 0) + 1,
    }));
  };

  const refuse = (failure: unknown) => {
    if (!(failure instanceof ProblemError)) {
      console.error(failure);
      return fail({}, options.failed);
    }
    const fields = renamed(failure.fields, options.serverNames ?? {});
    const any = Object.keys(fields).length > 0;
    fail(fields, any ? undefined : failure.message, any ? undefined : failure.requestId, true);
  };

  const submit = async () => {
    if (sending.current) return;
    const faults = present(options.check?.(latest.current) ?? {});
    if (Object.keys(faults).length > 0) return fail(faults);
    const sent = latest.current;
    sending.current = sent;
    setBusy(true);
    try {
      await options.submit(sent, key.current);
      if (latest.current === sending.current) forThisTab.remove(place);
      key.current = crypto.randomUUID();
      setErrors(undefined);
    } catch (failure) {
      refuse(failure);
    } finally {
      sending.current = undefined;
      setBusy(false);
    }
  };

  const error = (name: string) => errors?.fields[name];
  return {
    values,
    set,
    reset: (next) => {
      // What was typed while the form was on its way is not part of what has gone.
      if (sending.current && latest.current !== sending.current) return;
      replace(next, false);
      if (sending.current) sending.current = next;
    },
    submit,
    busy,
    errors,
    field: (name) => ({
      name,
      value: String(values[name] ?? ''),
      onValue: (value) => set(name, value as V[typeof name]),
      error: error(name),
    }),
    box: (name) => ({
      name,
      checked: values[name] === true,
      onChecked: (checked) => set(name, checked as V[typeof name]),
      error: error(name),
    }),
    list: (name) => ({
      name,
      values: Array.isArray(values[name]) ? values[name] : [],
      onValues: (chosen) => set(name, chosen as V[typeof name]),
      error: error(name),
    }),
  };
}

function kept<V>(place: string): Partial<V> {
  try {
    return JSON.parse(forThisTab.get(place) ?? '{}');
  } catch {
    return {};
  }
}

function present(faults: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(faults).filter((entry): entry is [string, string] => !!entry[1]));
}

function renamed(fields: Record<string, string>, names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [names[name] ?? name, text]));
}

/** Unknown fields come last. */
function rank(order: string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
