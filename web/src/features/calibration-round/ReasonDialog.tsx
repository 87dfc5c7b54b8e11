import { Dialog } from '~/components/Dialog';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

type Ask = {
  /** Names the kept draft. */
  id: string;
  text: string;
  hint?: string;
  submit: string;
  onReason: (reason: string) => Promise<void>;
};

/** Asks for the reason of a deed. */
export function ReasonDialog({
  open,
  onClose,
  title,
  ...ask
}: Ask & { open: boolean; onClose: () => void; title: string }) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <ReasonForm {...ask} />
    </Dialog>
  );
}

function ReasonForm({ id, text, hint, submit, onReason }: Ask) {
  const t = useMessages(messages);
  const form = useForm({
    id,
    initial: { reason: '' },
    failed: t('failed'),
    check: (v) => ({ reason: v.reason.trim() ? undefined : t('cancel.reason.missing') }),
    submit: (v) => onReason(v.reason),
  });
  return (
    <Form form={form}>
      <p>{text}</p>
      <TextArea {...form.field('reason')} label={t('cancel.reason')} hint={hint} rows={3} />
      <SubmitButton busy={form.busy} kind="danger">
        {submit}
      </SubmitButton>
    </Form>
  );
}
