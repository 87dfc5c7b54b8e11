import { api, ok } from '~/api/client';
import { signedIn } from '~/api/session';
import { Form } from '~/components/Form';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { ownZone } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { newPasswordFault } from './check-fields';
import { messages } from './messages';

type Props = { token: string; name: string; onDone: () => void };

/** Accepts by making an account for the invited address. */
export function AcceptNew({ token, name, onDone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    // Another invitation in the same tab is for another name.
    id: `invitation-${token.slice(0, 8)}`,
    initial: { name, password: '' },
    secret: ['password'],
    failed: t('failed'),
    check: (v) => ({
      name: v.name.trim() ? undefined : t('name.missing'),
      password: newPasswordFault(v.password, t),
    }),
    submit: async (v) => {
      const { session } = await ok(
        api.POST('/invitations/accept', { body: { token, ...v, language, timeZone: ownZone() } }),
      );
      onDone();
      if (session) signedIn(session.accessToken);
    },
  });
  return (
    <Form form={form}>
      <p>{t('invitation.account')}</p>
      <TextInput {...form.field('name')} label={t('name')} autocomplete="name" />
      <PasswordInput
        {...form.field('password')}
        show={t('password.show')}
        label={t('password')}
        hint={t('password.hint')}
        autocomplete="new-password"
      />
      <SubmitButton busy={form.busy}>{t('invitation.acceptNew')}</SubmitButton>
    </Form>
  );
}
