import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
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
      <PasswordInput
        {...form.field('current')}
        show={t('password.show')}
        label={t('account.current')}
        autocomplete="current-password"
        bare
      />
      <PasswordInput
        {...form.field('password')}
        show={t('password.show')}
        label={t('account.new')}
        hint={t('password.hint')}
        autocomplete="new-password"
        bare
      />
      <SubmitButton busy={form.busy}>{t('account.change')}</SubmitButton>
    </Form>
  );
}
