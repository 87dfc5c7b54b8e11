import { CityMark } from '~/components/CityMark';
import { Row } from '~/components/Rows';
import { Tag } from '~/components/Tag';
import { date, ownZone, time, zoneName } from '~/i18n/dates';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { ChallengeItem } from './api';
import { messages } from './messages';
import { PhaseTag } from './PhaseTag';

/** A challenge in a list: where, until when, what for. */
export function ChallengeRow({ item, level }: { item: ChallengeItem; level?: 2 | 3 }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const soon = item.phase === 'announced';
  const at = new Date(soon ? item.opensAt : item.closesAt);
  const lang = item.lang === language ? undefined : item.lang;
  const lead = item.cities[0];
  const day = (zone: string) => date(at, zone, language);
  // The absolute times that count, beside the visitor's own: with the day where it is another one there.
  const there = (zone: string, name: string) =>
    `${name}${day(zone) === day(ownZone()) ? '' : `${day(zone)} `}${time(at, zone)}\u00a0${zoneName(at, zone)}`;
  const others = [lead ? there(lead.timeZone, `${textIn(lead.name, language).text} `) : '', there('UTC', '')];
  const prizes = item.prizes.map((prize) =>
    prize.kind === 'testbed' && prize.region && prize.region !== 'other'
      ? t(`prize.testbed.${prize.region}`)
      : t(`prize.${prize.kind}`),
  );
  return (
    <Row
      href={`/challenges/${item.slug}`}
      title={item.title}
      titleLang={lang}
      level={level}
      above={
        <>
          {item.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          <PhaseTag phase={item.phase} closesAt={item.closesAt} />
          {item.extendedFrom ? <Tag>{t('extended')}</Tag> : null}
          {item.sample ? <Tag>{t('sample')}</Tag> : null}
          {item.rehearsal ? <Tag tone="warning">{t('rehearsal')}</Tag> : null}
        </>
      }
      facts={[
        {
          name: t(soon ? 'row.opens' : 'row.deadline'),
          value: (
            <time dateTime={at.toISOString()}>
              {`${date(at, ownZone(), language, true)} ${time(at, ownZone())}\u00a0${zoneName(at, ownZone())}`}
            </time>
          ),
          note: others.filter(Boolean).join('\u00a0· '),
        },
        { name: t('row.prize'), value: [...new Set(prizes)].join('\u00a0· ') },
      ]}
    >
      <p class="muted" lang={lang}>
        {item.summary}
      </p>
    </Row>
  );
}
