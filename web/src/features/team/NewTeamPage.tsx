import { Link, useLocation } from 'wouter-preact';
import { Form } from '~/components/Form';
import { Page } from '~/components/Page';
import { SubmitButton } from '~/components/SubmitButton';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useForm } from '~/lib/use-form';
import { renewTeams } from './api';
import { messages } from './messages';
import { Offers } from './Offers';
import { createTeam, emptyTeam, TeamFields, useTeamFaults } from './TeamFields';
import './team.css';

/** Making a team without entering a challenge yet, or finding one's organisation. */
export default function NewTeamPage() {
  const t = useMessages(messages);
  const [, navigate] = useLocation();
  const form = useForm({
    id: 'new-team',
    initial: emptyTeam,
    failed: t('failed'),
    check: useTeamFaults(),
    submit: async (v, key) => {
      const id = await createTeam(v, key);
      showToast(t('new.done', { name: v.name }));
      await renewTeams();
      navigate(`/my/teams/${id}`);
    },
  });
  return (
    <Page
      narrow
      title={t('new.title')}
      lead={<p>{t('new.text')}</p>}
      above={<Link href="/my/teams">{t('teams.title')}</Link>}
    >
      <Form form={form}>
        <TeamFields
          form={form}
          offers={
            <Offers
              name={form.values.name}
              website={form.values.website}
              onMine={(id) => {
                form.reset(emptyTeam);
                navigate(`/my/teams/${id}`);
              }}
            />
          }
        />
        <SubmitButton busy={form.busy}>{t('new.go')}</SubmitButton>
      </Form>
    </Page>
  );
}
