import type { components } from '~/api/schema';

type Schemas = components['schemas'];
export type FormDraft = Schemas['FormDraft'];
export type FormField = Schemas['FormField'];
export type FormSection = Schemas['FormSection'];
export type Kind = FormField['kind'];

/** A form while it is edited: fields stand in the order of their sections. */
export type Draft = { sections: FormSection[]; fields: FormField[] };

export const kinds: Kind[] = ['short', 'long', 'choice', 'choices', 'number', 'link', 'date', 'file'];

const token = () => crypto.randomUUID().slice(0, 8);

export const draftOf = (form: FormDraft): Draft => ({ sections: form.sections, fields: form.fields });

/** What every kind of question needs at least, so that a new one can be saved with a label alone. */
export function partsOf(kind: Kind): Partial<FormField> {
  if (kind === 'choice' || kind === 'choices') return { options: [newOption(), newOption()] };
  if (kind === 'file') return { accept: ['pdf'], maxBytes: 20 * 2 ** 20 };
  return {};
}

export const newOption = (): FormField['options'][number] => ({ key: `option-${token()}`, label: {} });

/** Puts a new question at the end of a section. */
export function addField(draft: Draft, section: string, part: Partial<FormField> = {}): [Draft, string] {
  const field: FormField = {
    key: `question-${token()}`,
    section,
    kind: 'short',
    required: false,
    accept: [],
    identifying: false,
    jurySees: true,
    demonstration: false,
    label: {},
    hint: {},
    unit: {},
    options: [],
    ...part,
  };
  return [inOrder({ ...draft, fields: [...draft.fields, field] }), field.key];
}

export function changeField(draft: Draft, key: string, part: Partial<FormField>): Draft {
  const fields = draft.fields.map((each) => (each.key === key ? { ...each, ...part } : each));
  return inOrder({ ...draft, fields });
}

/** A copy stands right after what it was made from. */
export function duplicateField(draft: Draft, key: string): [Draft, string] {
  const at = draft.fields.findIndex((each) => each.key === key);
  const original = draft.fields[at];
  if (!original) return [draft, key];
  const copy = { ...structuredClone(original), key: `question-${token()}`, demonstration: false };
  return [{ ...draft, fields: draft.fields.toSpliced(at + 1, 0, copy) }, copy.key];
}

/** Takes a question out; what was asked only for its answer is then always asked. */
export function removeField(draft: Draft, key: string): Draft {
  const fields = draft.fields
    .filter((each) => each.key !== key)
    .map((each) => (each.shownIf?.field === key ? { ...each, shownIf: undefined } : each));
  return { ...draft, fields };
}

/** One place up or down; from the edge of a section into the next one. False: it is at the end already. */
export function moveField(draft: Draft, key: string, by: -1 | 1): Draft | false {
  const at = draft.fields.findIndex((each) => each.key === key);
  const field = draft.fields[at];
  if (!field) return false;
  const neighbour = draft.fields[at + by];
  if (neighbour?.section === field.section) {
    return { ...draft, fields: draft.fields.toSpliced(at, 1).toSpliced(at + by, 0, field) };
  }
  const section = draft.sections[draft.sections.findIndex((each) => each.key === field.section) + by];
  if (!section) return false;
  const rest = draft.fields.toSpliced(at, 1);
  const moved = { ...field, section: section.key };
  // Upwards it becomes the last of the section before, downwards the first of the one after.
  return inOrder({ ...draft, fields: by < 0 ? [...rest, moved] : [moved, ...rest] });
}

export function addSection(draft: Draft): [Draft, string] {
  const key = `section-${token()}`;
  return [{ ...draft, sections: [...draft.sections, { key, label: {} }] }, key];
}

export function changeSection(draft: Draft, key: string, label: FormSection['label']): Draft {
  return { ...draft, sections: draft.sections.map((each) => (each.key === key ? { ...each, label } : each)) };
}

export function moveSection(draft: Draft, key: string, by: -1 | 1): Draft | false {
  const at = draft.sections.findIndex((each) => each.key === key);
  const section = draft.sections[at];
  if (!section || !draft.sections[at + by]) return false;
  return inOrder({ ...draft, sections: draft.sections.toSpliced(at, 1).toSpliced(at + by, 0, section) });
}

/** Takes a section out with its questions. */
export function removeSection(draft: Draft, key: string): Draft {
  const without = draft.fields
    .filter((each) => each.section === key)
    .reduce((rest, each) => removeField(rest, each.key), draft);
  return { ...without, sections: without.sections.filter((each) => each.key !== key) };
}

/** The choices that a question may depend on: those that are asked before it. */
export function choicesBefore(draft: Draft, key: string): FormField[] {
  const at = draft.fields.findIndex((each) => each.key === key);
  return draft.fields.slice(0, at).filter((each) => each.kind === 'choice' || each.kind === 'choices');
}

function inOrder(draft: Draft): Draft {
  const place = new Map(draft.sections.map((each, at) => [each.key, at]));
  const fields = [...draft.fields].sort((a, b) => (place.get(a.section) ?? 0) - (place.get(b.section) ?? 0));
  return { ...draft, fields };
}
