import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { RadioGroup } from '~/components/RadioGroup';
import { SubmitButton } from '~/components/SubmitButton';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import type { PageProps } from '~/routes/route';
import { may, renewTeams, type Team, type TeamRole, useTeam } from './api';
import { messages } from './messages';
import { TeamFields, type TeamKind, teamFaults } from './TeamFields';

const roles: TeamRole[] = ['team_editor', 'team_viewer', 'team_owner'];

/** A team: its members, its words about itself, invitations. */
export default function TeamPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useTeam(params.id ?? '');
  return (
    <QueryView query={query} page>
      {({ data: team, etag }) => (
        <Page narrow title={team.name} above={<Link href="/my/teams">{t('teams.title')}</Link>}>
          <Members team={team} />
          {may(team, 'team.edit') ? (
            <>
              <Invite team={team} />
              {/* A newer version, such as after a conflict, begins with a fresh form. */}
              <Edit key={etag} team={team} etag={etag} />
            </>
          ) : (
            <p class="muted">{t('team.ownersOnly')}</p>
          )}
        </Page>
      )}
    </QueryView>
  );
}

function Members({ team }: { team: Team }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="members">
      <h2 id="members">{t('team.members')}</h2>
      <ul class="stack">
        {team.members.map((member, at) => (
          <li key={`${at}${member.name}`}>
            {member.name} <Tag>{t(`role.${member.role}`)}</Tag>{' '}
            {member.you ? <span class="muted">{t('team.you')}</span> : null}
          </li>
        ))}
      </ul>
      {team.invitations.length > 0 ? (
        <>
          <h3>{t('team.invited')}</h3>
          <ul class="stack">
            {team.invitations.map((invitation) => (
              <li key={invitation.email}>
                {invitation.email} <Tag>{t(`role.${invitation.role}`)}</Tag>{' '}
                <span class="small muted">
                  {t('team.invited.until')} <When at={invitation.expiresAt} short />
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function Invite({ team }: { team: Team }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const form = useForm({
    id: `invite-${team.id}`,
    initial: { email: '', role: 'team_editor' as string },
    failed: t('failed'),
    check: (v) => ({ email: /.@./.test(v.email) ? undefined : t('team.email.missing') }),
    submit: async (v, key) => {
      await ok(
        api.POST('/teams/{id}/invitations', {
          params: { path: { id: team.id }, header: { 'Idempotency-Key': key } },
          body: { email: v.email.trim(), role: v.role as TeamRole, language },
        }),
      );
      form.reset({ email: '', role: 'team_editor' });
      showToast(t('team.invite.done', { email: v.email.trim() }));
      await renewTeams(team.id);
    },
  });
  return (
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
  );
}

function Edit({ team, etag }: { team: Team; etag: string }) {
  const t = useMessages(messages);
  const { name, latinName, kind, country, city, website } = team;
  const form = useForm({
    id: `team-${team.id}-${team.version}`,
    initial: { name, latinName, kind: kind as string, country, city, website },
    failed: t('failed'),
    check: (v) => teamFaults(v, t),
    submit: async (v) => {
      await ok(
        api.PATCH('/teams/{id}', {
          params: { path: { id: team.id }, header: { 'If-Match': etag } },
          body: { ...v, kind: v.kind as TeamKind },
        }),
      );
      showToast(t('team.saved'));
      await renewTeams(team.id);
    },
  });
  return (
    <section class="section" aria-labelledby="edit">
      <h2 id="edit">{t('team.about')}</h2>
      <Form form={form}>
        <TeamFields form={form} />
        <SubmitButton busy={form.busy}>{t('team.save')}</SubmitButton>
      </Form>
    </section>
  );
}
