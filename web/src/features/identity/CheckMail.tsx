import { session } from '~/api/session';
import { LinkButton } from '~/components/LinkButton';
import { useMessages } from '~/i18n/use-messages';
import { useStore } from '~/lib/store';
import { messages } from './messages';
import { withNext } from './next';
import { Resend } from './Resend';

/** What to do after registering. */
export function CheckMail({ email, next }: { email: string; next: string | undefined }) {
  const t = useMessages(messages);
  const inside = useStore(session) === 'in';
  return (
    <div class="stack">
      <p>{t('mail.text', { email })}</p>
      <p>{t(inside ? 'mail.inside' : 'mail.signIn')}</p>
      <p class="actions">
        <LinkButton href={inside ? (next ?? '/challenges') : withNext('/sign-in', next)} kind="primary">
          {t(inside ? 'continue' : 'signIn.submit')}
        </LinkButton>
      </p>
      <p class="muted">{t('mail.nothing')}</p>
      <Resend email={email} />
    </div>
  );
}
