import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

const kinds = ['conflict', 'abstention'] as const;

/** Says why: a conflict needs a reason and hides the entry, an abstention only gives it to somebody else. */
export default function RecuseForm({ assignment, onDone }: { assignment: string; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: `recuse-${assignment}`,
    initial: { kind: '', reason: '' },
    failed: t('failed'),
    check: (v) => ({
      kind: v.kind ? undefined : t('recuse.kind.missing'),
      reason: v.kind !== 'conflict' || v.reason.trim() ? undefined : t('recuse.reason.missing'),
    }),
    submit: async (v) => {
      const body =
        v.kind === 'abstention'
          ? { kind: 'abstention' as const }
          : { kind: 'conflict' as const, reason: v.reason };
      await ok(api.POST('/jury/assignments/{id}/recuse', { params: { path: { id: assignment } }, body }));
      showToast(t('recuse.done'));
      onDone();
    },
  });
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('kind')}
        label={t('recuse.kind')}
        options={kinds.map((each) => ({
          value: each,
          label: t(`recuse.${each}`),
          hint: t(`recuse.${each}.hint`),
        }))}
      />
      {form.values.kind === 'conflict' ? (
        <TextArea
          {...form.field('reason')}
          label={t('recuse.reason')}
          hint={t('recuse.reason.hint')}
          rows={3}
        />
      ) : null}
      <SubmitButton busy={form.busy} kind="danger">
        {t('recuse')}
      </SubmitButton>
    </Form>
  );
}
