import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { countryName } from '~/i18n/country';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useMyClaims, useTeams } from './api';
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
          <Claims />
          {items.length === 0 ? (
            <EmptyState
              title={t('teams.none')}
              action={
                <LinkButton href="/challenges" kind="primary">
                  {t('find')}
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
          <p>
            <LinkButton href="/my/teams/new" kind="outline">
              {t('new.title')}
            </LinkButton>
          </p>
        </Page>
      )}
    </QueryView>
  );
}

/** What became of one's claims on organisations. */
function Claims() {
  const t = useMessages(messages);
  const claims = useMyClaims().data?.items ?? [];
  return (
    <>
      {claims.map((claim) =>
        claim.state === 'waiting' ? (
          <Notice key={claim.id} title={t('mine.claim.waiting', { team: claim.team })} />
        ) : (
          <Notice key={claim.id} tone="warning" title={t('mine.claim.refused', { team: claim.team })}>
            <p>{claim.reason}</p>
          </Notice>
        ),
      )}
    </>
  );
}
