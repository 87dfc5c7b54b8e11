import { useMessages } from '~/i18n/use-messages';
import type { Meeting } from './api';
import { messages } from './messages';

/** A line to sign or seal for the secretary, the chair and every other member who was there. */
export function Signatures({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  const there = meeting.people.filter((each) => each.presence !== 'excused' && each.presence !== 'absent');
  const lines = [
    ...(meeting.secretary
      ? [{ key: 'secretary', office: t('sign.secretary'), name: meeting.secretary }]
      : []),
    ...there
      .filter((each) => each.member)
      .map((each) => ({
        key: each.personId,
        office: t(each.chair ? 'sign.chair' : 'sign.member'),
        name: each.name,
      })),
  ];
  return (
    <section class="section minutes-part" aria-labelledby="sign">
      <h2 id="sign">{t('sign')}</h2>
      <ul class="signatures">
        {lines.map((each) => (
          <li key={each.key}>
            <span>{each.office}</span>
            <span class="signatures-line small muted">
              {t('sign.seal')} · {t('sign.date')}
            </span>
            <strong>{each.name}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
