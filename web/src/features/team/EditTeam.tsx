import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { renewTeams, type Team } from './api';
import { messages } from './messages';
import { TeamFields, type TeamKind, useTeamFaults } from './TeamFields';

/** The form in which owners change what the team says of itself. */
export function EditTeam({ team, etag }: { team: Team; etag: string }) {
  const t = useMessages(messages);
  const faults = useTeamFaults();
  const { name, latinName, kind, country, city, website } = team;
  const form = useForm({
    id: `team-${team.id}-${team.version}`,
    initial: { name, latinName, kind: kind as string, country, city, website },
    failed: t('failed'),
    check: faults,
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
