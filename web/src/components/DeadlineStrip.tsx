import { messages } from '~/app/messages';
import { dateTime, dateTimeZone, ownZone, zoneName } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';

type Zone = { name: string; timeZone: string };

type Props = {
  /** What happens then: "Deadline", "Reviews close". */
  label: string;
  /** ISO instant. */
  at: string;
  /** The city, or the cities, whose time counts. */
  cities: Zone[];
};

/** One instant three times: the visitor's time, the city's, UTC. All absolute; relative text stands elsewhere. */
export function DeadlineStrip({ label, at, cities }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const instant = new Date(at);
  const own = ownZone();
  const cells = [
    { name: t('deadline.yours', { label, zone: zoneName(instant, own) }), zone: own },
    ...cities.map((city) => ({
      name: t('deadline.zone', { name: city.name, zone: zoneName(instant, city.timeZone) }),
      zone: city.timeZone,
    })),
    { name: 'UTC', zone: 'UTC' },
  ];
  return (
    <dl class="deadline">
      {cells.map(({ name, zone }, at) => (
        <div key={`${at}${zone}`}>
          <dt>{name}</dt>
          <dd>
            <time dateTime={instant.toISOString()} title={dateTimeZone(instant, zone, language)}>
              {dateTime(instant, zone, language)}
            </time>
          </dd>
        </div>
      ))}
    </dl>
  );
}
