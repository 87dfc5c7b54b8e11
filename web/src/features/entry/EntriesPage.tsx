import { CityMark } from '~/components/CityMark';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { ShowMore } from '~/components/ShowMore';
import { Tag } from '~/components/Tag';
import { messages as entrant } from '~/features/entrant/messages';
import { nextFact } from '~/features/entrant/next-fact';
import { StageTag } from '~/features/entrant/StageTag';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type MyEntry, useMyEntries } from './api';
import { messages } from './messages';

/** The entries of one's teams. */
export default function EntriesPage() {
  const t = useMessages(messages);
  const query = useMyEntries();
  return (
    <QueryView query={query} page>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        return (
          <Page title={t('mine.title')} lead={items.length > 0 ? <p>{t('mine.lead')}</p> : null}>
            {items.length === 0 ? (
              <EmptyState
                title={t('mine.none')}
                action={
                  <LinkButton href="/challenges" kind="primary">
                    {t('mine.find')}
                  </LinkButton>
                }
              >
                <p>{t('mine.none.text')}</p>
              </EmptyState>
            ) : (
              <Rows label={t('mine.title')}>
                {items.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} />
                ))}
              </Rows>
            )}
            <ShowMore
              more={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => query.fetchNextPage()}
            />
            <p>
              <LinkButton href="/my/teams" kind="outline">
                {t('teams.title')}
              </LinkButton>
            </p>
          </Page>
        );
      }}
    </QueryView>
  );
}

function EntryRow({ entry }: { entry: MyEntry }) {
  const t = useMessages(messages);
  const say = useMessages(entrant);
  const language = useLanguage();
  const title = textIn(entry.challenge.title as LocalText, language);
  const facts = [{ name: t('team'), value: <bdi>{entry.team.name}</bdi>, note: entry.reference }];
  return (
    <Row
      href={`/my/entries/${entry.id}`}
      title={title.text}
      titleLang={title.lang === language ? undefined : title.lang}
      above={
        <>
          {entry.challenge.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          <StageTag stage={entry.stage} />
          {entry.challenge.dates.extendedFrom ? <Tag>{t('extended')}</Tag> : null}
        </>
      }
      facts={[...facts, ...nextFact(entry.stage, entry.challenge.dates.timeZone, say)]}
    />
  );
}
