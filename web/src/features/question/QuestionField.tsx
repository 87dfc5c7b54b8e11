import type { RefObject } from 'preact';
import { CheckboxGroup } from '~/components/CheckboxGroup';
import { describedBy, Field, idOf } from '~/components/Field';
import { LangText } from '~/components/LangText';
import { RadioGroup } from '~/components/RadioGroup';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { countWords } from '~/i18n/count';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { chosen } from './asked';
import { bytes } from './bytes';
import type { Question } from './check';
import { extensionsOf } from './files';
import { messages } from './messages';
import { numberRange, type Say } from './words';
import './question.css';

type Props = {
  field: Question;
  name: string;
  value: string;
  onValue: (value: string) => void;
  onBlur?: () => void;
  error?: string;
  /** The language that the answer is written in. */
  lang: string;
  /** The language of label and hint; the page's own unless a preview wants another. */
  reading?: Language;
  /** Zone in which a moment is told. */
  zone?: string;
};

/** One question of a form with the control that fits its kind. Entrants and the form builder's preview see the same. */
export function QuestionField({ field, value, onValue, onBlur, lang, reading, zone, ...rest }: Props) {
  const own = useLanguage();
  const language = reading ?? own;
  const common = {
    ...rest,
    label: <LangText {...textIn(field.label as LocalText, language)} />,
    hint: <Hint field={field} language={language} zone={zone} />,
    optional: !field.required,
    value,
    onValue,
  };
  const options = field.options.map((option) => {
    const { text, lang } = textIn(option.label as LocalText, language);
    return { value: option.key, label: text, lang: lang === own ? undefined : lang };
  });
  switch (field.kind) {
    case 'long':
      return <LongText {...common} field={field} onBlur={onBlur} lang={lang} />;
    case 'choice':
      return <RadioGroup {...common} options={options} />;
    case 'choices': {
      const { value: _, onValue: __, ...group } = common;
      const pick = (keys: string[]) => onValue(keys.join(','));
      return <CheckboxGroup {...group} values={chosen('choices', value)} onValues={pick} options={options} />;
    }
    case 'number':
      return <TextInput {...common} onBlur={onBlur} inputMode="decimal" short />;
    case 'date':
      return <TextInput {...common} onBlur={onBlur} type="date" short />;
    case 'link':
      return <TextInput {...common} onBlur={onBlur} type="url" inputMode="url" />;
  }
  return <TextInput {...common} onBlur={onBlur} lang={lang} />;
}

type LongProps = Omit<Parameters<typeof TextArea>[0], 'rows' | 'note' | 'limit'> & { field: Question };

/** Several lines, with what is left of characters and of words. */
function LongText({ field, ...rest }: LongProps) {
  const t = useMessages(messages);
  const rows = (field.maxChars ?? 0) > 1000 || (field.maxWords ?? 0) > 200 ? 10 : 5;
  const left = (field.maxWords ?? 0) - countWords(rest.value);
  const note = field.maxWords ? (
    <p class={left < 0 ? 'small counter-over' : 'hint'}>
      {left < 0 ? t('words.over', { n: -left }) : t('words.left', { n: left })}
    </p>
  ) : undefined;
  return <TextArea {...rest} limit={field.maxChars} note={note} rows={rows} />;
}

type FileProps = {
  field: Question;
  name: string;
  error?: string;
  reading?: Language;
  zone?: string;
  input?: RefObject<HTMLInputElement>;
  onFile?: (file: File | undefined) => void;
};

/** A question that is answered with a file: the native control with what it takes. */
export function FileQuestion({ field, name, error, reading, zone, input, onFile }: FileProps) {
  const own = useLanguage();
  const language = reading ?? own;
  return (
    <Field
      name={name}
      label={<LangText {...textIn(field.label as LocalText, language)} />}
      optional={!field.required}
      error={error}
      hint={<Hint field={field} language={language} zone={zone} />}
    >
      <input
        ref={input}
        id={idOf(name)}
        name={name}
        type="file"
        class="input"
        accept={extensionsOf(field).join()}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, true, error)}
        onChange={(event) => onFile?.(event.currentTarget.files?.[0])}
      />
    </Field>
  );
}

type HintProps = { field: Question; language: Language; zone?: string };

/** What the city says to the question, what the answer has to keep to, and until when it may change. */
function Hint({ field, language, zone }: HintProps) {
  const t = useMessages(messages);
  const own = useLanguage();
  const hint = textIn(field.hint as LocalText, language);
  const unit = textIn(field.unit as LocalText, language);
  const rules = rulesOf(field, t, own);
  return (
    <>
      {hint.text ? <LangText {...hint} /> : null} {rules.join(own === 'ja' ? '' : ' ')}
      {unit.text && field.kind === 'number' ? (
        <>
          {' '}
          [<LangText {...unit} />]
        </>
      ) : null}
      {field.frozenAfter && !field.frozen ? (
        <>
          {' '}
          {t('freezes')}
          <When at={field.frozenAfter} zone={zone} short />
        </>
      ) : null}
    </>
  );
}

/** What the answer has to keep to, as sentences. */
function rulesOf(field: Question, t: Say, language: Language): string[] {
  const rules: string[] = [];
  // A long text counts what is left, and nobody writes an address that is too long.
  if (field.kind !== 'long' && field.kind !== 'link') {
    if (field.maxChars) rules.push(t('chars', { n: field.maxChars }));
    if (field.maxWords) rules.push(t('words', { n: field.maxWords }));
  }
  if (field.kind === 'choices') rules.push(t('choices'));
  if (field.kind === 'number' && (field.min !== undefined || field.max !== undefined))
    rules.push(numberRange(field, t, language));
  if (field.kind === 'file') {
    const types = extensionsOf(field).join(', ').replaceAll('.', '').toUpperCase();
    rules.push(t('file.limits', { types, max: bytes(field.maxBytes ?? 2 ** 31, language) }));
  }
  return rules;
}
