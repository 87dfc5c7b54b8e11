import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { ConfirmDialog } from '~/components/ConfirmDialog';
import { Notice } from '~/components/Notice';
import { useMessages } from '~/i18n/use-messages';
import { renewTeams, type Team } from './api';
import { messages } from './messages';
import { useAct } from './use-act';

/** Leaving a team; the last owner is told why not. */
export function Leave({ team }: { team: Team }) {
  const t = useMessages(messages);
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const me = team.members.find((member) => member.you);
  if (!me) return null;
  const owners = team.members.filter((member) => member.role === 'team_owner');
  const last = me.role === 'team_owner' && owners.length === 1;
  const leave = async () => {
    setAsking(false);
    const path = { id: team.id, personId: me.id };
    const left = await act.run(
      () => ok(api.DELETE('/teams/{id}/members/{personId}', { params: { path } })),
      t('leave.done', { team: team.name }),
    );
    if (!left) return;
    void queries.invalidateQueries({ queryKey: ['my-entries'] });
    navigate('/my/teams');
    await renewTeams();
    // Only now: a page that still shows the team would ask for it again, in vain.
    queries.removeQueries({ queryKey: ['team', team.id], type: 'inactive' });
  };
  return (
    <section class="section" aria-labelledby="leave">
      <h2 id="leave">{t('leave.title')}</h2>
      <p>{t(last ? 'leave.last' : 'leave.text')}</p>
      {act.error ? <Notice tone="danger" live title={act.error} /> : null}
      {last ? null : (
        <p>
          <Button kind="outline" aria-busy={act.busy} onClick={() => setAsking(true)}>
            {t('leave.go')}
          </Button>
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void leave()}
        title={t('leave.ask', { team: team.name })}
        confirm={t('leave.go')}
        danger
      >
        <p>{t('leave.text')}</p>
      </ConfirmDialog>
    </section>
  );
}
