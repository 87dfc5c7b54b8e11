import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { session } from '~/api/session';
import { Form } from '~/components/Form';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { focusHeadingSoon } from '~/lib/page-focus';
import { useStore } from '~/lib/store';
import { useForm } from '~/lib/use-form';
import { LinkMissing } from './LinkMissing';
import { messages } from './messages';
import { keptWanted, withNext } from './next';
import { useMailedToken } from './use-mailed-token';

/** Confirms an address by a press: a program that opens links in mails confirms nothing. */
export default function ConfirmEmailPage() {
  const t = useMessages(messages);
  const token = useMailedToken();
  const [done, setDone] = useState(false);
  if (done) return <Confirmed />;
  if (!token) return <LinkMissing />;
  return (
    <Page title={t('confirm.title')} lead={<p>{t('confirm.text')}</p>} narrow>
      <ConfirmForm
        token={token}
        onDone={() => {
          setDone(true);
          requestAnimationFrame(focusHeadingSoon);
        }}
      />
    </Page>
  );
}

function ConfirmForm({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'confirm-email',
    initial: {},
    failed: t('failed'),
    submit: async () => {
      await ok(api.POST('/auth/confirm', { body: { token } }));
      void queries.invalidateQueries({ queryKey: ['me'] });
      onDone();
    },
  });
  return (
    <Form form={form}>
      <SubmitButton busy={form.busy}>{t('confirm.submit')}</SubmitButton>
    </Form>
  );
}

function Confirmed() {
  const t = useMessages(messages);
  const next = keptWanted();
  const inside = useStore(session) === 'in';
  return (
    <Page title={t('confirm.done')} lead={<p>{t('confirm.done.text')}</p>} narrow>
      <p class="actions">
        <LinkButton href={inside ? (next ?? '/challenges') : withNext('/sign-in', next)} kind="primary">
          {t(inside ? 'continue' : 'confirm.signIn')}
        </LinkButton>
      </p>
    </Page>
  );
}
