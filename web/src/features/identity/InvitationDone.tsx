import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import type { InvitationView, Role } from './api';
import { messages } from './messages';
import { useScopeName } from './ScopeName';

/** Where the work of a role begins. */
const start: Record<Role, string> = {
  admin: '/admin/people',
  manager: '/admin/kpi',
  official: '/manage/challenges',
  translator: '/manage/challenges',
  juror: '/jury',
  chair: '/jury',
  auditor: '/manage/challenges',
  team_owner: '/my/entries',
  team_submitter: '/my/entries',
  team_editor: '/my/entries',
  team_viewer: '/my/entries',
};

type Props = { invitation: InvitationView; was: 'accepted' | 'declined' };

/** Says what the answer to an invitation has led to. */
export function InvitationDone({ invitation: { role, scope }, was }: Props) {
  const t = useMessages(messages);
  const scopeName = useScopeName();
  if (was === 'declined') {
    return (
      <Page title={t('invitation.declined')} narrow>
        <p>{t('invitation.declined.text')}</p>
      </Page>
    );
  }
  const params = { role: t(`role.${role}`), scope: scopeName(scope) };
  return (
    <Page title={t('invitation.done')} narrow>
      <p>{t(scope.kind === 'installation' ? 'invitation.done.all' : 'invitation.done.text', params)}</p>
      <p>{t(`means.${role}`)}</p>
      <p class="actions">
        <LinkButton href={start[role]} kind="primary">
          {t('invitation.go')}
        </LinkButton>
      </p>
    </Page>
  );
}
