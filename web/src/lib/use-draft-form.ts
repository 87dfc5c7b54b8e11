import { type Standing, useDraft } from './use-draft';
import { type Form, useForm, type Values } from './use-form';

type Options<V extends Values> = {
  /** Names what is edited: `contest-${id}`. */
  id: string;
  /** What the server has when the form opens. */
  first: Standing<V>;
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
  serverNames?: Record<string, keyof V & string>;
  failed: string;
  /** Sends the values over a version and gives what the server has then. */
  send: (values: V, version: number | string) => Promise<Standing<V>>;
  /** Reads it again, after somebody else saved it. */
  read: () => Promise<Standing<V>>;
  /** After it was saved. */
  done: () => void | Promise<void>;
};

/** A form that others may save meanwhile: useForm over a draft that joins both (useDraft). */
export function useDraftForm<V extends Values>(options: Options<V>) {
  const { draft, setDraft, save, ...editor } = useDraft<V>(options.id, options.first);
  const sent = useForm<V>({
    id: options.id,
    initial: draft,
    secret: Object.keys(draft), // the draft keeps them
    check: () => options.check?.(draft) ?? {},
    serverNames: options.serverNames,
    failed: options.failed,
    submit: async () => {
      if (await save(options.send, options.read)) await options.done();
    },
  });
  const set: Form<V>['set'] = (name, value) => setDraft((before) => ({ ...before, [name]: value }));
  const error = (name: string) => sent.errors?.fields[name];
  const form: Form<V> = {
    ...sent,
    values: draft,
    set,
    reset: setDraft,
    field: (name) => ({
      name,
      value: String(draft[name] ?? ''),
      onValue: (value) => set(name, value as V[typeof name]),
      error: error(name),
    }),
    box: (name) => ({
      name,
      checked: draft[name] === true,
      onChecked: (checked) => set(name, checked as V[typeof name]),
      error: error(name),
    }),
    list: (name) => ({
      name,
      values: Array.isArray(draft[name]) ? draft[name] : [],
      onValues: (chosen) => set(name, chosen as V[typeof name]),
      error: error(name),
    }),
  };
  return { form, ...editor };
}
