import { Checkbox } from '~/components/Checkbox';
import { Select } from '~/components/Select';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { zoneName } from '~/i18n/dates';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import { fromLocal, toLocal } from '~/i18n/zoned';
import {
  choicesBefore,
  type Draft,
  type FormDraft,
  type FormField,
  type Kind,
  kinds,
  partsOf,
} from './draft';
import { KindFields } from './KindFields';
import { messages } from './messages';

export type EditorProps = {
  at: number;
  field: FormField;
  draft: Draft;
  form: FormDraft;
  /** Language of the words that are edited now. */
  lang: Language;
  errors: Record<string, string>;
  onChange: (part: Partial<FormField>) => void;
};

/** Everything that can be said of one question. */
export function FieldEditor(props: EditorProps) {
  const { at, field, form, lang, errors, onChange } = props;
  const t = useMessages(messages);
  const name = (part: string) => `fields.${at}.${part}`;
  const source = (text: LocalText) =>
    lang !== form.language && text[form.language] ? (
      <span lang={form.language}>{text[form.language]}</span>
    ) : undefined;
  const label = field.label as LocalText;
  const hint = field.hint as LocalText;
  return (
    <div class="stack builder-editor">
      <TextInput
        name={name(`label.${lang}`)}
        label={t('label')}
        hint={source(label)}
        optional={lang !== form.language}
        lang={lang}
        value={label[lang] ?? ''}
        onValue={(value) => onChange({ label: { ...label, [lang]: value } })}
        error={errors[name(`label.${lang}`)]}
      />
      <TextArea
        name={name(`hint.${lang}`)}
        label={t('hint')}
        hint={source(hint)}
        optional
        rows={2}
        lang={lang}
        value={hint[lang] ?? ''}
        onValue={(value) => onChange({ hint: { ...hint, [lang]: value } })}
        error={errors[name(`hint.${lang}`)]}
      />
      <Select
        name={name('kind')}
        label={t('kind')}
        bare
        value={field.kind}
        onValue={(kind) => onChange(turned(field, kind as Kind))}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        error={errors[name('kind')]}
      />
      <Checkbox
        name={name('required')}
        label={t('required')}
        bare
        checked={field.required}
        onChecked={(required) => onChange({ required })}
      />
      <KindFields {...props} />
      <ShownIf {...props} />
      <Frozen {...props} />
      <Checkbox
        name={name('identifying')}
        label={t('identifying')}
        hint={t(form.blind ? 'identifying.blind' : 'identifying.open')}
        bare
        checked={field.identifying}
        onChecked={(identifying) => onChange({ identifying })}
      />
      <Checkbox
        name={name('jurySees')}
        label={t('jurySees')}
        bare
        checked={field.jurySees}
        onChecked={(jurySees) => onChange({ jurySees })}
      />
      {['long', 'file', 'link'].includes(field.kind) ? (
        <Checkbox
          name={name('demonstration')}
          label={t('demonstration')}
          bare
          checked={field.demonstration}
          onChecked={(demonstration) => onChange({ demonstration })}
        />
      ) : null}
    </div>
  );
}

/** Another kind, with what it needs where it has nothing yet. */
function turned(field: FormField, kind: Kind): Partial<FormField> {
  const needs = partsOf(kind);
  return {
    ...needs,
    ...(needs.options && field.options.length > 1 ? { options: field.options } : {}),
    ...(['long', 'file', 'link'].includes(kind) ? {} : { demonstration: false }),
    kind,
  };
}

/** The option of an earlier choice that brings this question up. */
function ShownIf({ at, field, draft, form, lang, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  const choices = choicesBefore(draft, field.key);
  if (choices.length === 0 && !field.shownIf) return null;
  const say = (text: LocalText) => textIn(text, lang, form.language).text;
  const options = choices.flatMap((choice) =>
    choice.options.map((option) => ({
      value: `${choice.key}=${option.key}`,
      label: t('shownIf.option', {
        question: say(choice.label as LocalText) || t('field.new'),
        option: say(option.label as LocalText) || t('option.new'),
      }),
    })),
  );
  const now = field.shownIf ? `${field.shownIf.field}=${field.shownIf.equals}` : '';
  return (
    <Select
      name={`fields.${at}.shownIf`}
      label={t('shownIf')}
      bare
      empty={t('shownIf.always')}
      value={now}
      onValue={(value) => {
        const [key, equals] = value.split('=');
        onChange({ shownIf: key && equals ? { field: key, equals } : undefined });
      }}
      options={
        now && !options.some((each) => each.value === now)
          ? [...options, { value: now, label: t('shownIf.gone') }]
          : options
      }
      error={errors[`fields.${at}.shownIf`]}
    />
  );
}

/** The moment from which the answer stands, in the zone of the challenge. */
function Frozen({ at, field, form, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  return (
    <TextInput
      name={`fields.${at}.frozenAfter`}
      label={t('frozen')}
      hint={t('frozen.hint', { zone: zoneName(new Date(form.closesAt), form.timeZone) })}
      optional
      short
      type="datetime-local"
      value={field.frozenAfter ? toLocal(field.frozenAfter, form.timeZone) : ''}
      onValue={(value) => onChange({ frozenAfter: value ? fromLocal(value, form.timeZone) : undefined })}
      error={errors[`fields.${at}.frozenAfter`]}
    />
  );
}
