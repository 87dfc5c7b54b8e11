import { useMessages } from '~/i18n/use-messages';
import type { Meeting, Person } from './api';
import { messages } from './messages';

export const capacity = (person: Person) => (person.chair ? 'chair' : person.member ? 'member' : 'official');

/** Who is there and in what capacity. */
export function PeopleList({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  return (
    <ul class="meeting-people">
      {meeting.people.map((each) => (
        <li key={each.personId}>
          {t('person', {
            name: each.name,
            capacity: t(`capacity.${capacity(each)}`),
            presence: t(`presence.${each.presence}`),
          })}
        </li>
      ))}
    </ul>
  );
}
