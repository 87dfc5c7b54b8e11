import { api, idempotencyKey, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { Form } from '~/components/Form';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { renewTeams, type Team, type TeamInvitation, type TeamRole } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

const roles: TeamRole[] = ['team_submitter', 'team_editor', 'team_viewer', 'team_owner'];

/** Inviting people by mail, and the invitations nobody has answered. */
export function Invitations({ team }: { team: Team }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const empty = { email: '', role: 'team_submitter' as string };
  const form = useForm({
    id: `invite-${team.id}`,
    initial: empty,
    failed: t('failed'),
    check: (v) => ({ email: /.@./.test(v.email) ? undefined : t('team.email.missing') }),
    submit: async (v, key) => {
      const email = v.email.trim();
      await ok(
        api.POST('/teams/{id}/invitations', {
          params: { path: { id: team.id }, header: { 'Idempotency-Key': key } },
          body: { email, role: v.role as TeamRole, language },
        }),
      );
      form.reset(empty);
      showToast(t('team.invite.done', { email }));
      await renewTeams(team.id);
    },
  });
  return (
    <>
      {team.invitations.length > 0 ? (
        <section class="section" aria-labelledby="invited">
          <h2 id="invited">{t('team.invited')}</h2>
          <ul class="team-list">
            {team.invitations.map((invitation) => (
              <Invited key={invitation.id} team={team} invitation={invitation} />
            ))}
          </ul>
        </section>
      ) : null}
      <section class="section" aria-labelledby="invite">
        <h2 id="invite">{t('team.invite')}</h2>
        <p>{t('team.invite.text')}</p>
        <Form form={form}>
          <TextInput {...form.field('email')} type="email" autocomplete="off" label={t('team.email')} />
          <RadioGroup
            {...form.field('role')}
            label={t('team.role')}
            options={roles.map((value) => ({
              value,
              label: t(`role.${value}`),
              hint: t(`role.${value}.hint`),
            }))}
          />
          <SubmitButton busy={form.busy}>{t('team.invite.go')}</SubmitButton>
        </Form>
      </section>
    </>
  );
}

function Invited({ team, invitation }: { team: Team; invitation: TeamInvitation }) {
  const t = useMessages(messages);
  const act = useAct();
  const { email } = invitation;
  const params = { path: { id: team.id, invitationId: invitation.id }, header: idempotencyKey() };
  const resend = () =>
    act.run(
      async () => {
        await ok(api.POST('/teams/{id}/invitations/{invitationId}/resend', { params }));
        await renewTeams(team.id);
      },
      t('invited.resent', { email }),
    );
  const revoke = () =>
    act.run(
      async () => {
        await ok(api.POST('/teams/{id}/invitations/{invitationId}/revoke', { params }));
        await renewTeams(team.id);
      },
      t('invited.revoked', { email }),
    );
  return (
    <li>
      <div>
        <p>
          <strong class="team-address">{email}</strong>{' '}
          {invitation.expired ? <Tag tone="warning">{t('invited.expired')}</Tag> : null}
        </p>
        <p class="small muted">
          {t(`role.${invitation.role}`)} · {t('invited.sent')}
          <When at={invitation.sentAt} short /> · {t('team.invited.until')}
          <When at={invitation.expiresAt} short />
        </p>
        {act.error ? <Notice tone="danger" live title={act.error} /> : null}
      </div>
      <p class="actions">
        <Button
          kind="outline"
          aria-label={t('invited.resend.of', { email })}
          aria-busy={act.busy}
          onClick={() => void resend()}
        >
          {t('invited.resend')}
        </Button>
        <Button
          kind="outline"
          aria-label={t('invited.revoke.of', { email })}
          aria-busy={act.busy}
          onClick={() => void revoke()}
        >
          {t('invited.revoke')}
        </Button>
      </p>
    </li>
  );
}
