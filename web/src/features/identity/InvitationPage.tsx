import { useState } from 'preact/hooks';
import { ProblemError } from '~/api/problem';
import { session } from '~/api/session';
import { useMe } from '~/app/use-me';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { ownZone } from '~/i18n/dates';
import { useMessages } from '~/i18n/use-messages';
import { focusHeadingSoon } from '~/lib/page-focus';
import { useStore } from '~/lib/store';
import { AcceptNew } from './AcceptNew';
import { AcceptSignedIn } from './AcceptSignedIn';
import { type InvitationView, useInvitation } from './api';
import { Decline } from './Decline';
import { InvitationDone } from './InvitationDone';
import { LinkMissing } from './LinkMissing';
import { messages } from './messages';
import { withNext } from './next';
import { ScopeName } from './ScopeName';
import { useMailedToken } from './use-mailed-token';

/** Shows what somebody is invited to, and takes the answer. */
export default function InvitationPage() {
  const t = useMessages(messages);
  const token = useMailedToken();
  const query = useInvitation(token);
  const [answer, setAnswer] = useState<{ to: InvitationView; was: 'accepted' | 'declined' }>();
  if (!token) return <LinkMissing />;
  if (answer) return <InvitationDone invitation={answer.to} was={answer.was} />;
  if (query.error instanceof ProblemError && query.error.status === 404) return <LinkMissing />;
  return (
    <QueryView query={query} page>
      {(invitation) =>
        invitation.state === 'open' ? (
          <Open
            token={token}
            invitation={invitation}
            onAnswer={(was) => {
              setAnswer({ to: invitation, was });
              requestAnimationFrame(focusHeadingSoon);
            }}
          />
        ) : (
          <Page title={t(`invitation.state.${invitation.state}`)} narrow>
            <p>{t('invitation.state.text')}</p>
          </Page>
        )
      }
    </QueryView>
  );
}

type OpenProps = {
  token: string;
  invitation: InvitationView;
  onAnswer: (was: 'accepted' | 'declined') => void;
};

function Open({ token, invitation, onAnswer }: OpenProps) {
  const t = useMessages(messages);
  const { role, scope, email, expiresAt, invitedBy } = invitation;
  return (
    <Page
      title={t('invitation.title')}
      lead={invitedBy ? <p>{t('invitation.by', { name: invitedBy })}</p> : undefined}
      narrow
    >
      <dl class="facts">
        <div>
          <dt>{t('invitation.role')}</dt>
          <dd>{t(`role.${role}`)}</dd>
        </div>
        <div>
          <dt>{t('invitation.scope')}</dt>
          <dd>
            <ScopeName scope={scope} />
          </dd>
        </div>
        <div>
          <dt>{t('invitation.to')}</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>{t('invitation.expires')}</dt>
          <dd>
            <When at={expiresAt} zone={ownZone()} />
          </dd>
        </div>
      </dl>
      <p>{t(`means.${role}`)}</p>
      <Answer token={token} invitation={invitation} onAnswer={onAnswer} />
      <Decline token={token} onDone={() => onAnswer('declined')} />
    </Page>
  );
}

function Answer({ token, invitation, onAnswer }: OpenProps) {
  const t = useMessages(messages);
  const inside = useStore(session) === 'in';
  const me = useMe();
  const accepted = () => onAnswer('accepted');
  if (inside) {
    return me ? <AcceptSignedIn token={token} me={me} invited={invitation.email} onDone={accepted} /> : null;
  }
  if (!invitation.hasAccount) {
    return <AcceptNew token={token} name={invitation.name} onDone={accepted} />;
  }
  return (
    <>
      <p>{t('invitation.hasAccount')}</p>
      <p class="actions">
        <LinkButton href={withNext('/sign-in', `/invitation#${token}`)} kind="primary">
          {t('signIn.submit')}
        </LinkButton>
      </p>
    </>
  );
}
