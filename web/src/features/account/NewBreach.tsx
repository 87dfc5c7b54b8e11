import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Checkbox } from '~/components/Checkbox';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

const empty = {
  noticedAt: '',
  what: '',
  people: '',
  gdpr: false,
  appi: false,
  onPurpose: false,
  measures: '',
};

/** Enters a breach. */
export function NewBreach() {
  const t = useMessages(messages);
  const form = useForm({
    id: 'new-breach',
    initial: empty,
    failed: t('failed'),
    check: (v) => ({
      noticedAt: v.noticedAt ? undefined : t('breaches.noticed.missing'),
      what: v.what.trim() ? undefined : t('breaches.what.missing'),
      gdpr: v.gdpr || v.appi ? undefined : t('breaches.law.missing'),
    }),
    submit: async (v) => {
      await ok(
        api.POST('/admin/breaches', {
          body: {
            ...v,
            noticedAt: new Date(v.noticedAt).toISOString(),
            people: v.people === '' ? undefined : Number(v.people),
          },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['breaches'] });
      form.reset(empty);
      showToast(t('breaches.saved'));
    },
  });
  return (
    <Form form={form}>
      <TextInput
        {...form.field('noticedAt')}
        type="datetime-local"
        label={t('breaches.noticed')}
        hint={t('breaches.noticed.hint')}
        short
      />
      <TextArea {...form.field('what')} label={t('breaches.what')} />
      <TextInput
        {...form.field('people')}
        type="number"
        min="0"
        label={t('breaches.people')}
        short
        optional
      />
      <Checkbox {...form.box('gdpr')} label={t('breaches.gdpr')} bare />
      <Checkbox {...form.box('appi')} label={t('breaches.appi')} bare />
      <Checkbox {...form.box('onPurpose')} label={t('breaches.purpose')} optional />
      <TextArea {...form.field('measures')} label={t('breaches.measures')} optional />
      <SubmitButton busy={form.busy}>{t('breaches.save')}</SubmitButton>
    </Form>
  );
}
