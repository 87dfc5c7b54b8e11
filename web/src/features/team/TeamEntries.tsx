import { CityMark } from '~/components/CityMark';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { messages as entrant } from '~/features/entrant/messages';
import { nextFact } from '~/features/entrant/next-fact';
import { StageTag } from '~/features/entrant/StageTag';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Team, useTeamEntries } from './api';
import { messages } from './messages';

/** What a team has entered, in whichever contest. */
export function TeamEntries({ team }: { team: Team }) {
  const t = useMessages(messages);
  const say = useMessages(entrant);
  const language = useLanguage();
  const query = useTeamEntries(team.id);
  return (
    <section class="section" aria-labelledby="entries">
      <h2 id="entries">{t('entries.title')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{t('entries.none')}</p>
          ) : (
            <Rows label={t('entries.title')}>
              {items.map((entry) => {
                const title = textIn(entry.challenge.title as LocalText, language);
                return (
                  <Row
                    key={entry.id}
                    level={3}
                    href={`/my/entries/${entry.id}`}
                    title={title.text}
                    titleLang={title.lang === language ? undefined : title.lang}
                    above={
                      <>
                        {entry.challenge.cities.map((city) => (
                          <CityMark key={city.id} city={city} />
                        ))}
                        <StageTag stage={entry.stage} />
                        <span class="small muted">{entry.reference}</span>
                      </>
                    }
                    facts={nextFact(entry.stage, entry.challenge.dates.timeZone, say)}
                  />
                );
              })}
            </Rows>
          )
        }
      </QueryView>
    </section>
  );
}
