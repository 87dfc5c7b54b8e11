import { Button } from '~/components/Button';
import { LangText } from '~/components/LangText';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import type { Language } from '~/i18n/languages';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Entry, EntryAnswer, EntryField } from './api';
import { messages } from './messages';
import type { Answers } from './use-answers';

type Props = { entry: Entry; field: EntryField; answers: Answers; error?: string };

/** One question with its answer, and what a team-mate wrote meanwhile. */
export function AnswerField({ entry, field, answers, error }: Props) {
  const clash = answers.conflicts[field.id];
  return (
    <div class="stack">
      {clash ? <Clash clash={clash} field={field} answers={answers} lang={entry.language} /> : null}
      <Control entry={entry} field={field} answers={answers} error={error} />
    </div>
  );
}

/** The control that fits the question. */
function Control({ entry, field, answers, error }: Props) {
  const language = useLanguage();
  const common = {
    name: `fields.${field.key}`,
    label: <LangText {...textIn(field.label as LocalText, language)} />,
    hint: <Hint field={field} />,
    optional: !field.required,
    error,
    value: answers.value(field.id),
    onValue: (value: string) => answers.set(field.id, value),
  };
  const onBlur = () => void answers.save.flush().catch(() => {});
  if (field.kind === 'long') {
    const rows = (field.maxChars ?? 0) > 1000 ? 10 : 5;
    return <TextArea {...common} onBlur={onBlur} lang={entry.language} limit={field.maxChars} rows={rows} />;
  }
  if (field.kind === 'choice') return <RadioGroup {...common} options={optionsOf(field, language)} />;
  if (field.kind === 'link') return <TextInput {...common} onBlur={onBlur} type="url" inputMode="url" />;
  return <TextInput {...common} onBlur={onBlur} lang={entry.language} />;
}

/** What the programme says to the question, and how long one line may be. */
function Hint({ field }: { field: EntryField }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const hint = textIn(field.hint as LocalText, language);
  return (
    <>
      {hint.text ? <LangText {...hint} /> : null}
      {field.maxChars && field.kind !== 'long' ? ` ${t('field.upTo', { n: field.maxChars })}` : null}
    </>
  );
}

function optionsOf(field: EntryField, language: Language) {
  return field.options.map((option) => {
    const { text, lang } = textIn(option.label as LocalText, language);
    return { value: option.key, label: text, lang: lang === language ? undefined : lang };
  });
}

type ClashProps = { clash: EntryAnswer; field: EntryField; answers: Answers; lang: string };

/** Both texts, and the choice: nothing is written over either before somebody decides. */
function Clash({ clash, field, answers, lang }: ClashProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const say = (value: string) => {
    const option = field.options.find((each) => each.key === value);
    return option ? textIn(option.label as LocalText, language).text : value;
  };
  return (
    <Notice tone="warning" live title={t('clash.title', { name: clash.updatedBy ?? t('clash.somebody') })}>
      <p>
        {t('clash.theirs')} <When at={clash.updatedAt} short />
      </p>
      <blockquote class="entry-text" lang={lang}>
        {say(clash.value) || t('empty')}
      </blockquote>
      <p>{t('clash.yours')}</p>
      <blockquote class="entry-text" lang={lang}>
        {say(answers.value(field.id)) || t('empty')}
      </blockquote>
      <p class="actions">
        <Button kind="outline" onClick={() => answers.keepOurs(field.id)}>
          {t('clash.keep')}
        </Button>
        <Button kind="outline" onClick={() => answers.takeTheirs(field.id)}>
          {t('clash.take')}
        </Button>
      </p>
    </Notice>
  );
}
