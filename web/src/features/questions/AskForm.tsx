import { api, idempotencyKey, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { When } from '~/components/When';
import { countCharacters } from '~/i18n/count';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { maxQuestion } from './api';
import { messages } from './messages';

type Props = { slug: string; closesAt: string; zone: string };

/** Asks the officials of a challenge. */
export function AskForm({ slug, closesAt, zone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `ask-${slug}`,
    initial: { text: '' },
    failed: t('failed'),
    check: (v) => ({
      text: v.text.trim()
        ? countCharacters(v.text) > maxQuestion
          ? t('ask.long', { max: maxQuestion })
          : undefined
        : t('ask.missing'),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/challenges/{slug}/questions', {
          params: { path: { slug }, header: idempotencyKey(key) },
          body: { text: v.text, lang: language },
        }),
      );
      form.reset({ text: '' });
      await queries.invalidateQueries({ queryKey: ['questions', slug, 'mine'] });
      showToast(t('ask.done'));
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('text')}
        label={t('ask.label')}
        hint={t('ask.hint')}
        limit={maxQuestion}
        rows={4}
      />
      <p class="small muted">
        {t('ask.until')}
        <When at={closesAt} zone={zone} />
      </p>
      <SubmitButton busy={form.busy}>{t('ask.go')}</SubmitButton>
    </Form>
  );
}
