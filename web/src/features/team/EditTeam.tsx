import { api, ok } from '~/api/client';
import { Form } from '~/components/Form';
import { SubmitButton } from '~/components/SubmitButton';
import { TextArea } from '~/components/TextArea';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { renewTeams, type Team } from './api';
import { messages } from './messages';
import { TeamFields, type TeamKind, useTeamFaults } from './TeamFields';

/** How many partners a team can name. */
const most = 20;

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The form in which owners change what the team says of itself. */
export function EditTeam({ team, etag }: { team: Team; etag: string }) {
  const t = useMessages(messages);
  const faults = useTeamFaults();
  const { name, latinName, kind, country, city, website } = team;
  const form = useForm({
    id: `team-${team.id}-${team.version}`,
    initial: {
      ...{ name, latinName, kind: kind as string, country, city, website },
      partners: team.partners.join('\n'),
    },
    failed: t('failed'),
    check: (v) => ({
      ...faults(v),
      partners: lines(v.partners).length > most ? t('team.partners.many', { max: most }) : undefined,
    }),
    serverNames: Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`partners.${at}`, 'partners' as const]),
    ),
    submit: async (v) => {
      await ok(
        api.PATCH('/teams/{id}', {
          params: { path: { id: team.id }, header: { 'If-Match': etag } },
          body: { ...v, kind: v.kind as TeamKind, partners: lines(v.partners) },
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
        <TextArea
          {...form.field('partners')}
          label={t('team.partners')}
          hint={t('team.partners.hint')}
          rows={3}
          optional
        />
        <SubmitButton busy={form.busy}>{t('team.save')}</SubmitButton>
      </Form>
    </section>
  );
}
