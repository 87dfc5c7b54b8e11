import { api, ok } from '~/api/client';
import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

type Props = { open: boolean; onClose: () => void; assignment: string; onDone: () => void };

/** Steps back from one entry because of a conflict found later. */
export function RecuseDialog({ open, onClose, assignment, onDone }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog open={open} onClose={onClose} title={t('recuse.title')}>
      <p>{t('recuse.text')}</p>
      <RecuseForm assignment={assignment} onDone={onDone} />
    </Dialog>
  );
}

function RecuseForm({ assignment, onDone }: { assignment: string; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `recuse-${assignment}`,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: v.reason.trim() ? undefined : t('recuse.reason.missing') }),
    submit: async (v) => {
      await ok(api.POST('/jury/assignments/{id}/recuse', { params: { path: { id: assignment } }, body: v }));
      showToast(t('recuse.done'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextArea
        {...form.field('reason')}
        label={t('recuse.reason')}
        hint={t('recuse.reason.hint')}
        rows={3}
      />
      <SubmitButton busy={form.busy} kind="danger">
        {t('recuse.submit')}
      </SubmitButton>
    </Form>
  );
}
