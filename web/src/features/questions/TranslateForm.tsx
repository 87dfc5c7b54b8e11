import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import type { Managed } from './api';
import { messages } from './messages';

type Props = { question: Managed; onDone: () => void; onCancel: () => void };

/** Question and answer in another language, with the original above. */
export function TranslateForm(props: Props) {
  const t = useMessages(messages);
  const { question } = props;
  const targets = languages.filter((each) => each !== question.lang || each !== question.answerLang);
  const [target, setTarget] = useState<Language>(question.wanting[0] ?? targets[0] ?? 'en');
  return (
    <div class="stack">
      <Select
        name="target"
        label={t('translate.target')}
        value={target}
        onValue={(value) => setTarget(value as Language)}
        options={targets.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
      <Fields key={target} {...props} target={target} />
    </div>
  );
}

function Fields({ question, target, onDone, onCancel }: Props & { target: Language }) {
  const t = useMessages(messages);
  const before = question.texts.find((each) => each.lang === target);
  const sameQuestion = question.lang === target;
  const sameAnswer = question.answerLang === target;
  const form = useForm({
    id: `translate-${question.id}-${question.version}-${target}`,
    initial: { question: before?.question ?? '', answer: before?.answer ?? '' },
    failed: t('failed'),
    check: (v) => ({
      question: sameQuestion || v.question.trim() ? undefined : t('translate.missing'),
      answer: sameAnswer || v.answer.trim() ? undefined : t('translate.missing'),
    }),
    submit: async (v) => {
      await ok(
        api.PUT('/manage/questions/{id}/texts/{lang}', {
          params: {
            path: { id: question.id, lang: target },
            header: { 'If-Match': `"${question.version}"` },
          },
          body: v,
        }),
      );
      onDone();
    },
  });
  return (
    <Form form={form}>
      {before?.stale ? <p class="error-text">{t('translate.stale')}</p> : null}
      {sameQuestion ? null : (
        <TextArea {...form.field('question')} label={t('translate.question')} lang={target} rows={3} />
      )}
      {sameAnswer ? null : (
        <TextArea
          {...form.field('answer')}
          label={t('translate.answer')}
          hint={
            <span class="source" lang={question.answerLang}>
              {question.answer}
            </span>
          }
          lang={target}
          rows={6}
        />
      )}
      <div class="actions">
        <SubmitButton busy={form.busy}>{t('translate.save')}</SubmitButton>
        <Button kind="outline" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
