import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { TextInput } from '~/components/TextInput';
import { dateTimeZone } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { fromLocal } from '~/i18n/zoned';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type LatePolicy, renewLate } from './api';
import { messages } from './messages';

/** More time for one team, by the reference of its entry, with a reason. */
export function ExtensionForm({ id, policy }: { id: string; policy: LatePolicy }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const zone = policy.timeZone;
  const form = useForm({
    id: `extension-${id}`,
    initial: { reference: '', until: '', reason: '' },
    failed: t('failed'),
    check: (v) => ({
      reference: v.reference.trim() ? undefined : t('extension.reference.missing'),
      until: v.until ? undefined : t('extension.until.missing'),
      reason: v.reason.trim() ? undefined : t('extension.reason.missing'),
    }),
    submit: async (v, key) => {
      await ok(
        api.POST('/manage/challenges/{id}/extensions', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: {
            reference: v.reference.trim(),
            until: fromLocal(v.until, zone),
            reason: v.reason,
            language,
          },
        }),
      );
      form.reset({ reference: '', until: '', reason: '' });
      await renewLate(id);
      showToast(t('extension.done'));
    },
  });
  return (
    <Form form={form}>
      <h3>{t('extension.give')}</h3>
      <p>{t('extension.text')}</p>
      <TextInput
        {...form.field('reference')}
        label={t('extension.reference')}
        hint={t('extension.reference.hint')}
        autocomplete="off"
      />
      <TextInput
        {...form.field('until')}
        type="datetime-local"
        label={t('extension.until')}
        hint={t('extension.until.hint', { closes: dateTimeZone(new Date(policy.closes), zone, language) })}
      />
      <TextArea
        {...form.field('reason')}
        label={t('extension.reason')}
        hint={t('extension.reason.hint')}
        limit={1000}
        rows={4}
      />
      <SubmitButton busy={form.busy}>{t('extension.go')}</SubmitButton>
    </Form>
  );
}
