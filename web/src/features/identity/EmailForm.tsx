import { api, ok } from '~/api/client';
import type { Me } from '~/app/use-me';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { proved } from '~/features/prove/proved';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { emailFault } from './check-fields';
import { messages } from './messages';

/** Asks to change the address; both addresses get a link. */
export function EmailForm({ me }: { me: Me }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'change-email',
    initial: { email: '' },
    failed: t('failed'),
    check: (v) => ({ email: emailFault(v.email, t) }),
    submit: async (body) => {
      await proved(() => ok(api.POST('/me/email', { body })));
      form.reset({ email: '' });
      showToast(t('account.email.asked'));
    },
  });
  return (
    <>
      <p>{t('account.email.text', { email: me.email })}</p>
      <Form form={form}>
        <TextInput
          {...form.field('email')}
          type="email"
          label={t('account.email.new')}
          autocomplete="email"
          bare
        />
        <SubmitButton busy={form.busy}>{t('account.email.ask')}</SubmitButton>
      </Form>
    </>
  );
}
