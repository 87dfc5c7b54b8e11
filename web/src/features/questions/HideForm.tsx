import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import type { Managed } from './api';
import { messages } from './messages';

type Props = { question: Managed; onDone: () => void; onCancel: () => void };

/** Takes a question off the public list; the asker reads the reason. It can be undone. */
export function HideForm({ question, onDone, onCancel }: Props) {
  const t = useMessages(messages);
  const form = useForm({
    id: `hide-${question.id}`,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: v.reason.trim() ? undefined : t('hide.missing') }),
    submit: async (v) => {
      await ok(
        api.POST('/manage/questions/{id}/hide', {
          params: { path: { id: question.id }, header: { 'If-Match': `"${question.version}"` } },
          body: v,
        }),
      );
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('reason')}
        label={t('hide.reason')}
        hint={t('hide.hint')}
        limit={2000}
        rows={2}
      />
      <div class="actions">
        <SubmitButton busy={form.busy}>{t('hide.go')}</SubmitButton>
        <Button kind="outline" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
