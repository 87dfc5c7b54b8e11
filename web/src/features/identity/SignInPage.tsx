import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { session } from '~/api/session';
import { useMe } from '~/app/use-me';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';
import { wanted, withNext } from './next';
import { OtherWays } from './OtherWays';
import { SecondStep, type SecondStepAsked } from './SecondStep';
import { useEnter } from './use-enter';

/** Opens a session and goes on to where one came from. */
export default function SignInPage() {
  const t = useMessages(messages);
  const [already] = useState(() => session.get() === 'in');
  return (
    <Page title={t('signIn.title')} narrow>
      {already ? <Already /> : <SignInForm />}
    </Page>
  );
}

function SignInForm() {
  const t = useMessages(messages);
  const enter = useEnter();
  const [step, setStep] = useState<SecondStepAsked>();
  const form = useForm({
    id: 'sign-in',
    initial: { email: '', password: '' },
    secret: ['password'],
    failed: t('failed'),
    check: (v) => ({
      email: v.email.trim() ? undefined : t('email.missing'),
      password: v.password ? undefined : t('password.missing'),
    }),
    submit: async (v) => {
      const answer = await ok(api.POST('/auth/sign-in', { body: v }));
      if ('ticket' in answer) return setStep(answer);
      await enter(answer.accessToken);
    },
  });
  if (step) return <SecondStep step={step} onBack={() => setStep(undefined)} />;
  return (
    <>
      <Form form={form}>
        <TextInput {...form.field('email')} type="email" label={t('email')} autocomplete="username" bare />
        <PasswordInput
          {...form.field('password')}
          show={t('password.show')}
          label={t('password')}
          autocomplete="current-password"
          bare
        />
        <SubmitButton busy={form.busy}>{t('signIn.submit')}</SubmitButton>
      </Form>
      <OtherWays />
      <p>
        <Link href="/reset">{t('signIn.forgot')}</Link>
      </p>
      <p>
        {t('signIn.new')} <Link href={withNext('/register', wanted())}>{t('signIn.register')}</Link>
      </p>
    </>
  );
}

function Already() {
  const t = useMessages(messages);
  const me = useMe();
  return (
    <>
      <p>{me ? t('signIn.already', { name: me.name }) : null}</p>
      <p class="actions">
        <LinkButton href={wanted() ?? '/account'} kind="primary">
          {t('continue')}
        </LinkButton>
      </p>
    </>
  );
}
