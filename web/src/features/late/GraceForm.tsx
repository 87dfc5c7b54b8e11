import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { type LatePolicy, renewLate } from './api';
import { messages } from './messages';

type Props = { id: string; policy: LatePolicy; etag: string };

/** The challenge's own grace, or its contest's. */
export function GraceForm({ id, policy, etag }: Props) {
  const t = useMessages(messages);
  const own = policy.ownGraceMinutes;
  const minutes = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);
  const form = useForm({
    id: `grace-${id}-${etag}`,
    initial: {
      mode: own === undefined ? 'contest' : own === 0 ? 'none' : 'own',
      graceMinutes: own ? String(own) : '15',
    },
    failed: t('failed'),
    check: (v) =>
      v.mode === 'own' && !(minutes(v.graceMinutes) >= 1 && minutes(v.graceMinutes) <= 1440)
        ? { graceMinutes: t('grace.range') }
        : {},
    submit: async (v) => {
      const graceMinutes = v.mode === 'contest' ? null : v.mode === 'none' ? 0 : minutes(v.graceMinutes);
      await ok(
        api.PUT('/manage/challenges/{id}/late', {
          params: { path: { id }, header: { 'If-Match': etag } },
          body: { graceMinutes },
        }),
      );
      await renewLate(id);
      showToast(t('grace.saved'));
    },
  });
  return (
    <Form form={form}>
      <RadioGroup
        {...form.field('mode')}
        label={t('grace.ask')}
        options={[
          { value: 'contest', label: t('grace.mode.contest', { n: policy.contestGraceMinutes }) },
          { value: 'none', label: t('grace.mode.none') },
          { value: 'own', label: t('grace.mode.own') },
        ]}
      />
      {form.values.mode === 'own' ? (
        <TextInput
          {...form.field('graceMinutes')}
          label={t('grace.minutes')}
          hint={t('grace.minutes.hint')}
          inputMode="numeric"
        />
      ) : null}
      <SubmitButton busy={form.busy}>{t('grace.save')}</SubmitButton>
    </Form>
  );
}
