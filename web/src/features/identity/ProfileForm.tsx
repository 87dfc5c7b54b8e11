import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { Me } from '~/app/use-me';
import { Form } from '~/components/Form';
import { Select } from '~/components/Select';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { type Language, languageNames, languages } from '~/i18n/languages';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';

// Older browsers keep quiet about UTC, and somebody's zone may be newer than the browser.
const zones = (own: string) => [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])];

/** Name, language of the mails and time zone. */
export function ProfileForm({ me, etag }: { me: Me; etag: string }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'profile',
    initial: { name: me.name, language: me.language as string, timeZone: me.timeZone },
    failed: t('failed'),
    check: (v) => ({ name: v.name.trim() ? undefined : t('name.missing') }),
    submit: async (v) => {
      await ok(
        api.PATCH('/me', {
          params: { header: { 'If-Match': etag } },
          body: { ...v, language: v.language as Language },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['me'] });
      showToast(t('account.saved'));
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('name')} label={t('name')} hint={t('name.hint')} autocomplete="name" />
      <Select
        {...form.field('language')}
        label={t('account.language')}
        options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
      />
      <Select
        {...form.field('timeZone')}
        label={t('account.zone')}
        hint={t('account.zone.hint')}
        options={zones(me.timeZone).map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      />
      <SubmitButton busy={form.busy}>{t('account.save')}</SubmitButton>
    </Form>
  );
}
