import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { signedOut } from '~/api/session';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { PasswordInput } from '~/components/PasswordInput';
import { SubmitButton } from '~/components/SubmitButton';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { focusHeadingSoon } from '~/lib/page-focus';
import { useForm } from '~/lib/use-form';
import { emailFault, newPasswordFault } from './check-fields';
import { messages } from './messages';
import { useMailedToken } from './use-mailed-token';

/** Asks for a link, or sets a new password with the one that came. */
export default function ResetPage() {
  const t = useMessages(messages);
  const token = useMailedToken();
  const [sentTo, setSentTo] = useState('');
  const [done, setDone] = useState(false);
  const focus = () => requestAnimationFrame(focusHeadingSoon);
  if (done) {
    return (
      <Page title={t('reset.done')} lead={<p>{t('reset.done.text')}</p>} narrow>
        <p class="actions">
          <LinkButton href="/sign-in" kind="primary">
            {t('signIn.submit')}
          </LinkButton>
        </p>
      </Page>
    );
  }
  if (sentTo) {
    return (
      <Page title={t('reset.sent')} narrow>
        <p>{t('reset.sent.text', { email: sentTo })}</p>
      </Page>
    );
  }
  if (token) {
    return (
      <Page title={t('reset.title')} lead={<p>{t('reset.note')}</p>} narrow>
        <NewPassword token={token} onDone={() => [setDone(true), focus()]} />
        <p>
          {/* A plain link: the same page without the token is another document. */}
          <a href={location.pathname}>{t('reset.again')}</a>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t('reset.title')} lead={<p>{t('reset.lead')}</p>} narrow>
      <AskForLink onDone={(email) => [setSentTo(email), focus()]} />
    </Page>
  );
}

function AskForLink({ onDone }: { onDone: (email: string) => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'reset-request',
    initial: { email: '' },
    failed: t('failed'),
    check: (v) => ({ email: emailFault(v.email, t) }),
    submit: async (v) => {
      await ok(api.POST('/auth/reset-request', { body: v }));
      onDone(v.email.trim());
    },
  });
  return (
    <Form form={form}>
      <TextInput {...form.field('email')} type="email" label={t('email')} autocomplete="username" bare />
      <SubmitButton busy={form.busy}>{t('reset.submit')}</SubmitButton>
    </Form>
  );
}

function NewPassword({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'reset',
    initial: { password: '' },
    secret: ['password'],
    failed: t('failed'),
    check: (v) => ({ password: newPasswordFault(v.password, t) }),
    submit: async (v) => {
      await ok(api.POST('/auth/reset', { body: { token, password: v.password } }));
      // The server has ended every session, this browser's as well.
      signedOut();
      onDone();
    },
  });
  return (
    <Form form={form}>
      <PasswordInput
        {...form.field('password')}
        show={t('password.show')}
        label={t('reset.new')}
        hint={t('password.hint')}
        autocomplete="new-password"
        bare
      />
      <SubmitButton busy={form.busy}>{t('reset.save')}</SubmitButton>
    </Form>
  );
}
