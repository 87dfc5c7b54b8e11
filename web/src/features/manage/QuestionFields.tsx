import { Button } from '~/components/Button';
import { Checkbox } from '~/components/Checkbox';
import { RadioGroup } from '~/components/RadioGroup';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import type { Language } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import type { Question } from './EligibilityPage';
import { messages } from './messages';

type Props = {
  at: number;
  lang: Language;
  question: Question;
  errors: Record<string, string>;
  onChange: (next: Partial<Question>) => void;
  onRemove: () => void;
};

/** One eligibility question, its words in one language. */
export function QuestionFields({ at, lang, question, errors, onChange, onRemove }: Props) {
  const t = useMessages(messages);
  const name = `questions.${at}`;
  const error = (part: string) => errors[`${name}.${part}.${lang}`] ?? errors[`${name}.${part}`];
  return (
    <section class="criterion stack" aria-label={t('eligibility.number', { n: at + 1 })}>
      <TextInput
        name={`${name}.text`}
        label={t('eligibility.text')}
        hint={t('eligibility.text.hint')}
        lang={lang}
        value={question.text[lang] ?? ''}
        onValue={(text) => onChange({ text: { ...question.text, [lang]: text } })}
        error={error('text')}
      />
      <TextArea
        name={`${name}.explanation`}
        label={t('eligibility.explanation')}
        hint={t('eligibility.explanation.hint')}
        rows={2}
        limit={600}
        lang={lang}
        value={question.explanation[lang] ?? ''}
        onValue={(text) => onChange({ explanation: { ...question.explanation, [lang]: text } })}
        error={error('explanation')}
      />
      <RadioGroup
        name={`${name}.expected`}
        label={t('eligibility.expected')}
        value={String(question.expected)}
        onValue={(value) => onChange({ expected: value === 'true' })}
        options={[
          { value: 'true', label: t('eligibility.yes') },
          { value: 'false', label: t('eligibility.no') },
        ]}
      />
      <Checkbox
        name={`${name}.blocking`}
        label={t('eligibility.blocking')}
        hint={t('eligibility.blocking.hint')}
        bare
        checked={question.blocking}
        onChecked={(blocking) => onChange({ blocking })}
      />
      <p>
        <Button kind="link" onClick={onRemove}>
          {t('eligibility.remove')}
        </Button>
      </p>
    </section>
  );
}
