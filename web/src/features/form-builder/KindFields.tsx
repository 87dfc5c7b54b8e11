import { useState } from 'preact/hooks';
import { Button } from '~/components/Button';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { idOf } from '~/components/Field';
import { TextInput } from '~/components/TextInput';
import { extensionsOf, fileFamilies } from '~/features/question/files';
import type { LocalText } from '~/i18n/local-text';
import { useMessages } from '~/i18n/use-messages';
import { type FormField, newOption } from './draft';
import type { EditorProps } from './FieldEditor';
import { messages } from './messages';

/** What only one kind of question has: limits, options, a range, the files it takes. */
export function KindFields(props: EditorProps) {
  switch (props.field.kind) {
    case 'short':
    case 'long':
    case 'link':
      return <Limits {...props} />;
    case 'choice':
    case 'choices':
      return <Options {...props} />;
    case 'number':
      return <Range {...props} />;
    case 'file':
      return <Files {...props} />;
  }
  return null;
}

type NumberProps = {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  whole?: boolean;
  optional?: boolean;
  value: number | undefined;
  onValue: (value: number | undefined) => void;
};

/** A number that may be left out; half-typed ones stay as they are typed. */
function NumberInput({ value, onValue, whole, ...field }: NumberProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  return (
    <TextInput
      {...field}
      short
      type="number"
      inputMode={whole ? 'numeric' : 'decimal'}
      step={whole ? '1' : 'any'}
      value={text}
      onValue={(typed) => {
        setText(typed);
        const n = typed === '' ? Number.NaN : Number(typed);
        onValue(Number.isNaN(n) ? undefined : whole ? Math.max(0, Math.trunc(n)) || undefined : n);
      }}
    />
  );
}

function Limits({ at, field, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  return (
    <div class="builder-pair">
      <NumberInput
        name={`fields.${at}.maxChars`}
        label={t('maxChars')}
        optional
        whole
        value={field.maxChars || undefined}
        onValue={(maxChars) => onChange({ maxChars })}
        error={errors[`fields.${at}.maxChars`]}
      />
      {field.kind === 'link' ? null : (
        <NumberInput
          name={`fields.${at}.maxWords`}
          label={t('maxWords')}
          hint={t('maxWords.hint')}
          optional
          whole
          value={field.maxWords || undefined}
          onValue={(maxWords) => onChange({ maxWords })}
          error={errors[`fields.${at}.maxWords`]}
        />
      )}
    </div>
  );
}

function Range({ at, field, form, lang, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  const unit = field.unit as LocalText;
  return (
    <div class="builder-pair">
      <NumberInput
        name={`fields.${at}.min`}
        label={t('min')}
        optional
        value={field.min}
        onValue={(min) => onChange({ min })}
        error={errors[`fields.${at}.min`]}
      />
      <NumberInput
        name={`fields.${at}.max`}
        label={t('max')}
        optional
        value={field.max}
        onValue={(max) => onChange({ max })}
        error={errors[`fields.${at}.max`]}
      />
      <TextInput
        name={`fields.${at}.unit.${lang}`}
        label={t('unit')}
        hint={lang !== form.language && unit[form.language] ? unit[form.language] : t('unit.hint')}
        optional
        short
        lang={lang}
        value={unit[lang] ?? ''}
        onValue={(value) => onChange({ unit: { ...unit, [lang]: value } })}
        error={errors[`fields.${at}.unit.${lang}`]}
      />
    </div>
  );
}

function Files({ at, field, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  const error = Object.entries(errors).find(([name]) => name.startsWith(`fields.${at}.accept`))?.[1];
  return (
    <>
      <CheckboxGroup
        name={`fields.${at}.accept`}
        label={t('accept')}
        values={field.accept}
        onValues={(accept) => onChange({ accept: accept as FormField['accept'] })}
        options={fileFamilies.map((family) => ({
          value: family,
          label: t(`family.${family}`),
          hint: extensionsOf({ accept: [family] }).join(' '),
        }))}
        error={error}
      />
      <NumberInput
        name={`fields.${at}.maxBytes`}
        label={t('maxBytes')}
        hint={t('maxBytes.hint')}
        value={field.maxBytes ? field.maxBytes / 2 ** 20 : undefined}
        onValue={(mb) => onChange({ maxBytes: mb ? Math.round(mb * 2 ** 20) : undefined })}
        error={errors[`fields.${at}.maxBytes`]}
      />
    </>
  );
}

function Options({ at, field, form, lang, errors, onChange }: EditorProps) {
  const t = useMessages(messages);
  const list = field.options;
  const set = (options: FormField['options']) => onChange({ options });
  const swap = (n: number) => set(list.toSpliced(n - 1, 2, ...list.slice(n - 1, n + 1).reverse()));
  return (
    <fieldset class="field" id={idOf(`fields.${at}.options`)} tabIndex={-1}>
      <legend class="label">{t('options')}</legend>
      {errors[`fields.${at}.options`] ? <p class="error-text">{errors[`fields.${at}.options`]}</p> : null}
      <ol class="builder-options">
        {list.map((option, n) => {
          const name = `fields.${at}.options.${n}.label.${lang}`;
          const text = option.label as LocalText;
          const called = text[lang] || text[form.language] || t('option.n', { n: n + 1 });
          return (
            <li key={option.key}>
              <TextInput
                name={name}
                label={t('option.n', { n: n + 1 })}
                hint={
                  lang !== form.language && text[form.language] ? (
                    <span lang={form.language}>{text[form.language]}</span>
                  ) : undefined
                }
                optional={lang !== form.language}
                lang={lang}
                value={text[lang] ?? ''}
                onValue={(value) =>
                  set(
                    list.map((each) =>
                      each === option ? { ...each, label: { ...text, [lang]: value } } : each,
                    ),
                  )
                }
                error={errors[name]}
              />
              <p class="builder-acts">
                {n > 0 ? (
                  <Button kind="link" aria-label={t('up.of', { name: called })} onClick={() => swap(n)}>
                    {t('up')}
                  </Button>
                ) : null}
                {list.length > 2 ? (
                  <Button
                    kind="link"
                    aria-label={t('remove.of', { name: called })}
                    onClick={() => set(list.filter((each) => each !== option))}
                  >
                    {t('remove')}
                  </Button>
                ) : null}
              </p>
            </li>
          );
        })}
      </ol>
      <p>
        <Button kind="outline" onClick={() => set([...list, newOption()])}>
          {t('option.add')}
        </Button>
      </p>
    </fieldset>
  );
}
