import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import type { Me } from '~/app/use-me';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { useForm } from '~/lib/use-form';
import { messages } from './messages';
import { signOut } from './sign-out';

type Props = { token: string; me: Me; invited: string; onDone: () => void };

/** Accepts as the person who is signed in; says so when the invitation went to another address. */
export function AcceptSignedIn({ token, me, invited, onDone }: Props) {
  const t = useMessages(messages);
  const form = useForm({
    id: 'invitation-accept',
    initial: {},
    failed: t('failed'),
    submit: async () => {
      await ok(api.POST('/invitations/accept', { body: { token } }));
      onDone();
      void queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <Form form={form}>
      <p>{t('invitation.as', { name: me.name, email: me.email })}</p>
      {invited === me.email ? null : (
        <Notice tone="warning">
          <p>{t('invitation.other')}</p>
          <Button kind="link" onClick={() => signOut(false)}>
            {t('invitation.signOut')}
          </Button>
        </Notice>
      )}
      <SubmitButton busy={form.busy}>{t('invitation.accept')}</SubmitButton>
    </Form>
  );
}
