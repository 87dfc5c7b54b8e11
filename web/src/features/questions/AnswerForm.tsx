import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import type { Managed } from './api';
import { messages } from './messages';

type Props = {
  question: Managed;
  /** The challenge's own language. */
  language: Language;
  onDone: (open: boolean) => void;
  onCancel: () => void;
};

/** Answers to everyone or to the asker alone, in any of the languages. */
export function AnswerForm({ question, language, onDone, onCancel }: Props) {
  const t = useMessages(messages);
  const reader = useLanguage();
  const form = useForm({
    id: `answer-${question.id}-${question.version}`,
    initial: {
      text: question.answer,
      lang: (question.answerLang ?? reader ?? language) as string,
      public: question.answer && !question.public ? 'private' : 'public',
    },
    failed: t('failed'),
    check: (v) => ({ text: v.text.trim() ? undefined : t('answer.missing') }),
    submit: async (v) => {
      const open = v.public === 'public';
      await ok(
        api.PUT('/manage/questions/{id}/answer', {
          params: { path: { id: question.id }, header: { 'If-Match': `"${question.version}"` } },
          body: { text: v.text, lang: v.lang as Language, public: open },
        }),
      );
      onDone(open);
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('text')}
        label={t('answer.label')}
        hint={t('answer.hint')}
        limit={10000}
        rows={6}
        lang={form.values.lang}
      />
      <Select
        {...form.field('lang')}
        label={t('answer.lang')}
        options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
      {question.public ? null : (
        <RadioGroup
          {...form.field('public')}
          label={t('answer.who')}
          options={[
            { value: 'public', label: t('answer.public'), hint: t('answer.public.hint') },
            { value: 'private', label: t('answer.private'), hint: t('answer.private.hint') },
          ]}
        />
      )}
      <div class="actions">
        <SubmitButton busy={form.busy}>{t(question.answer ? 'answer.save' : 'answer.send')}</SubmitButton>
        <Button kind="outline" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
