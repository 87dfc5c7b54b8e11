import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { signedIn } from '~/api/session';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { ownZone } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { focusHeadingSoon } from '~/lib/page-focus';
import { useForm } from '~/lib/use-form';
import { CheckMail } from './CheckMail';
import { emailFault, newPasswordFault } from './check-fields';
import { messages } from './messages';
import { keepWanted, wanted, withNext } from './next';

/**
 * Signs the new account in, so that nobody types a password twice on a phone. Where the address had an account
 * before, this is a sign-in like any other: it works for who knows its password, and says nothing to others.
 */
async function enter({ email, password }: { email: string; password: string }) {
  const { data } = await api
    .POST('/auth/sign-in', { body: { email, password } })
    .catch(() => ({ data: undefined }));
  if (data && !('ticket' in data)) signedIn(data.accessToken);
}

/** Makes an account; the answer is the same whether or not the address has one. */
export default function RegisterPage() {
  const t = useMessages(messages);
  const [sentTo, setSentTo] = useState('');
  if (sentTo) {
    return (
      <Page title={t('mail.title')} narrow>
        <CheckMail email={sentTo} next={wanted()} />
      </Page>
    );
  }
  return (
    <Page title={t('register.title')} lead={<p>{t('register.lead')}</p>} narrow>
      <RegisterForm
        onDone={(email) => {
          keepWanted(wanted());
          setSentTo(email);
          requestAnimationFrame(focusHeadingSoon);
        }}
      />
      <p>
        {t('register.have')} <Link href={withNext('/sign-in', wanted())}>{t('signIn.submit')}</Link>
      </p>
    </Page>
  );
}

function RegisterForm({ onDone }: { onDone: (email: string) => void }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: 'register',
    initial: { name: '', email: '', password: '' },
    secret: ['password'],
    failed: t('failed'),
    check: (v) => ({
      name: v.name.trim() ? undefined : t('name.missing'),
      email: emailFault(v.email, t),
      password: newPasswordFault(v.password, t),
    }),
    submit: async (v) => {
      await ok(api.POST('/auth/register', { body: { ...v, language, timeZone: ownZone() } }));
      await enter(v);
      onDone(v.email.trim());
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('name')} label={t('name')} hint={t('name.hint')} autocomplete="name" />
      <TextInput {...form.field('email')} type="email" label={t('email')} autocomplete="email" />
      <PasswordInput
        {...form.field('password')}
        show={t('password.show')}
        label={t('password')}
        hint={t('password.hint')}
        autocomplete="new-password"
      />
      <p class="small">
        <Link href="/privacy">{t('register.privacy')}</Link>
      </p>
      <SubmitButton busy={form.busy}>{t('register.submit')}</SubmitButton>
    </Form>
  );
}
