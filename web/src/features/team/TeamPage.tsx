import { Link } from 'wouter-preact';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { may, useTeam } from './api';
import { EditTeam } from './EditTeam';
import { Invitations } from './Invitations';
import { Leave } from './Leave';
import { Members } from './Members';
import { messages } from './messages';
import { Offered, Transfer } from './Ownership';
import { TeamEntries } from './TeamEntries';
import './team.css';

/** A team: who belongs to it with which rights, what it has entered, its words about itself. */
export default function TeamPage({ params }: PageProps) {
  const t = useMessages(messages);
  const query = useTeam(params.id ?? '');
  return (
    <QueryView query={query} page>
      {({ data: team, etag }) => (
        <Page
          middle
          title={team.name}
          lead={team.latinName ? <p dir="auto">{team.latinName}</p> : undefined}
          above={<Link href="/my/teams">{t('teams.title')}</Link>}
        >
          <Offered team={team} />
          <TeamEntries team={team} />
          <Members team={team} />
          {may(team, 'team.edit') ? (
            <>
              <Invitations team={team} />
              {/* A newer version, such as after a conflict, begins with a fresh form. */}
              <EditTeam key={etag} team={team} etag={etag} />
              <Transfer team={team} />
            </>
          ) : (
            <p class="muted">{t('team.ownersOnly')}</p>
          )}
          <Leave team={team} />
          <p>
            <LinkButton href="/my/teams">{t('teams.title')}</LinkButton>
          </p>
        </Page>
      )}
    </QueryView>
  );
}
