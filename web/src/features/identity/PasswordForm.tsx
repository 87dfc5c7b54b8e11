import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { newPasswordFault } from './check-fields';
import { messages } from './messages';

/** Changes the password; the server ends all other sessions. */
export function PasswordForm() {
  const t = useMessages(messages);
  const form = useForm({
    id: 'password',
    initial: { current: '', password: '' },
    secret: ['current', 'password'],
    failed: t('failed'),
    check: (v) => ({
      current: v.current ? undefined : t('password.missing'),
      password: newPasswordFault(v.password, t),
    }),
    submit: async (v) => {
      await ok(api.POST('/me/password', { body: v }));
      form.reset({ current: '', password: '' });
      showToast(t('account.changed'));
    },
  });
  return (
    <Form form={form}>
      <TextInput
        {...form.field('current')}
        type="password"
        label={t('account.current')}
        autocomplete="current-password"
        bare
      />
      <TextInput
        {...form.field('password')}
        type="password"
        label={t('account.new')}
        hint={t('password.hint')}
        autocomplete="new-password"
        bare
      />
      <SubmitButton busy={form.busy}>{t('account.change')}</SubmitButton>
    </Form>
  );
}
