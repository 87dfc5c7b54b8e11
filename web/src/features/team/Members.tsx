import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Dialog } from '~/components/Dialog';
import { Notice } from '~/components/Notice';
import { RadioGroup } from '~/components/RadioGroup';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { may, renewTeams, type Team, type TeamMember, type TeamRole } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

/** Rights that an owner gives and takes; ownership is offered. */
const given: TeamRole[] = ['team_submitter', 'team_editor', 'team_viewer'];

/** Who belongs to the team; owners change rights and take members out. */
export function Members({ team }: { team: Team }) {
  const t = useMessages(messages);
  return (
    <section class="section" aria-labelledby="members">
      <h2 id="members">{t('team.members')}</h2>
      <ul class="team-list">
        {team.members.map((member) => (
          <Member key={member.id} team={team} member={member} />
        ))}
      </ul>
    </section>
  );
}

function Member({ team, member }: { team: Team; member: TeamMember }) {
  const t = useMessages(messages);
  const act = useAct();
  const [open, setOpen] = useState<'role' | 'remove'>();
  const { name } = member;
  const path = { id: team.id, personId: member.id };
  const change = async (role: TeamRole) => {
    const done = t('members.changed', { name, role: t(`role.${role}`) });
    setOpen(undefined);
    await act.run(async () => {
      await ok(api.PATCH('/teams/{id}/members/{personId}', { params: { path }, body: { role } }));
      await renewTeams(team.id);
    }, done);
  };
  const remove = async () => {
    setOpen(undefined);
    await act.run(
      async () => {
        await ok(api.DELETE('/teams/{id}/members/{personId}', { params: { path } }));
        await renewTeams(team.id);
      },
      t('members.removed', { name }),
    );
  };
  return (
    <li>
      <div>
        <p>
          <strong>{name}</strong> {member.you ? <span class="muted">{t('team.you')}</span> : null}
        </p>
        <p class="small muted">
          {t(`role.${member.role}`)} · {t('members.since')}
          <When at={member.since} short />
        </p>
        {act.error ? <Notice tone="danger" live title={act.error} /> : null}
      </div>
      {may(team, 'team.edit') && !member.you ? (
        <p class="actions">
          <Button
            kind="outline"
            aria-label={t('members.change.of', { name })}
            aria-busy={act.busy}
            onClick={() => setOpen('role')}
          >
            {t('members.change')}
          </Button>
          <Button
            kind="outline"
            aria-label={t('members.remove.of', { name })}
            aria-busy={act.busy}
            onClick={() => setOpen('remove')}
          >
            {t('members.remove')}
          </Button>
        </p>
      ) : null}
      <Dialog
        open={open === 'role'}
        onClose={() => setOpen(undefined)}
        title={t('members.change.of', { name })}
      >
        <Rights member={member} onSave={change} />
      </Dialog>
      <ConfirmDialog
        open={open === 'remove'}
        onClose={() => setOpen(undefined)}
        onConfirm={() => void remove()}
        title={t('members.remove.ask', { name })}
        confirm={t('members.remove')}
        danger
      >
        <p>{t('members.remove.text', { name })}</p>
      </ConfirmDialog>
    </li>
  );
}

function Rights({ member, onSave }: { member: TeamMember; onSave: (role: TeamRole) => Promise<void> }) {
  const t = useMessages(messages);
  const [role, setRole] = useState<TeamRole>(member.role === 'team_owner' ? 'team_submitter' : member.role);
  return (
    <div class="stack">
      <RadioGroup
        name="right"
        label={t('team.role')}
        bare
        value={role}
        onValue={(value) => setRole(value as TeamRole)}
        options={given.map((value) => ({ value, label: t(`role.${value}`), hint: t(`role.${value}.hint`) }))}
      />
      <p>
        <Button kind="primary" onClick={() => void onSave(role)}>
          {t('members.save')}
        </Button>
      </p>
    </div>
  );
}
