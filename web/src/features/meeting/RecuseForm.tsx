import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { type Item, type Meeting, recuse } from './api';
import { messages } from './messages';

type Props = { meeting: Meeting; item: Item; onDone: () => void };

/** A conflict that is found in the meeting: who leaves, and why. */
export function RecuseForm({ meeting, item, onDone }: Props) {
  const t = useMessages(messages);
  const form = useForm({
    id: `recuse-${item.entryId}`,
    initial: { who: '', why: '' },
    serverNames: { personId: 'who', reason: 'why' },
    failed: t('failed'),
    check: (v) => ({
      who: v.who ? undefined : t('recuse.who.missing'),
      why: v.why.trim() ? undefined : t('recuse.why.missing'),
    }),
    submit: async (v) => {
      await recuse(meeting, { entryId: item.entryId, personId: v.who, reason: v.why.trim() });
      onDone();
    },
  });
  const there = meeting.people.filter((each) => each.presence === 'present' || each.presence === 'remote');
  return (
    <Form form={form}>
      <p>{t('recuse.text', { entry: item.reference })}</p>
      <Select
        {...form.field('who')}
        label={t('recuse.who')}
        empty={t('recuse.choose')}
        options={there.map((each) => ({ value: each.personId, label: each.name }))}
      />
      <TextArea {...form.field('why')} label={t('recuse.why')} hint={t('recuse.why.hint')} rows={2} />
      <SubmitButton busy={form.busy} kind="danger">
        {t('recuse.submit')}
      </SubmitButton>
    </Form>
  );
}
