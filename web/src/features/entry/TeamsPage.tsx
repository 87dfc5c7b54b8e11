import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { countryName } from '~/i18n/country';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useTeams } from './api';
import { messages } from './messages';

/** One's teams. */
export default function TeamsPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useTeams();
  return (
    <QueryView query={query} page>
      {({ items }) => (
        <Page title={t('teams.title')}>
          {items.length === 0 ? (
            <EmptyState
              title={t('teams.none')}
              action={
                <LinkButton href="/challenges" kind="primary">
                  {t('mine.find')}
                </LinkButton>
              }
            >
              <p>{t('teams.none.text')}</p>
            </EmptyState>
          ) : (
            <Rows label={t('teams.title')}>
              {items.map((team) => (
                <Row
                  key={team.id}
                  href={`/my/teams/${team.id}`}
                  title={team.name}
                  facts={[
                    { name: t('team.kind'), value: t(`kind.${team.kind}`) },
                    { name: t('team.country'), value: countryName(team.country, language) },
                    { name: t('team.members'), value: team.members.length },
                  ]}
                >
                  {team.latinName ? <p class="muted">{team.latinName}</p> : null}
                </Row>
              ))}
            </Rows>
          )}
        </Page>
      )}
    </QueryView>
  );
}
