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
  // The absolute times that count, beside the visitor's own.
  const others = [
    lead
      ? `${textIn(lead.name, language).text} ${time(at, lead.timeZone)} ${zoneName(at, lead.timeZone)}`
      : '',
    `${time(at, 'UTC')} UTC`,
  ];
  const prizes = item.prizes.map((prize) =>
    prize.kind === 'testbed' && prize.region && prize.region !== 'other'
      ? t(`prize.testbed.${prize.region}`)
      : t(`prize.${prize.kind}`),
  );
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' });
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
          {item.sample ? <Tag>{t('sample')}</Tag> : null}
          {item.rehearsal ? <Tag tone="warning">{t('rehearsal')}</Tag> : null}
        </>
      }
      facts={[
        {
          name: t(soon ? 'row.opens' : 'row.deadline'),
          value: (
            <time dateTime={at.toISOString()}>
              {`${date(at, ownZone(), language, true)} ${time(at, ownZone())} ${zoneName(at, ownZone())}`}
            </time>
          ),
          note: others.filter(Boolean).join(' · '),
        },
        { name: t('row.prize'), value: list.format([...new Set(prizes)]) },
      ]}
    >
      <p class="muted" lang={lang}>
        {item.summary}
      </p>
    </Row>
  );
}
