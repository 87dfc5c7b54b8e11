import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';
import { withNext } from './next';
import { Resend } from './Resend';

/** What to do after registering. */
export function CheckMail({ email, next }: { email: string; next: string | undefined }) {
  const t = useMessages(messages);
  return (
    <div class="stack">
      <p>{t('mail.text', { email })}</p>
      <p>{t('mail.signIn')}</p>
      <p class="actions">
        <LinkButton href={withNext('/sign-in', next)} kind="primary">
          {t('signIn.submit')}
        </LinkButton>
      </p>
      <p class="muted">{t('mail.nothing')}</p>
      <Resend email={email} />
    </div>
  );
}
