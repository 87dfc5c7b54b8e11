import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { LangText } from '~/components/LangText';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { dateTimeZone } from '~/i18n/dates';
import { listed } from '~/i18n/listed';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { saveFile } from '~/lib/save-file';
import type { PageProps } from '~/routes/route';
import { outcomeText, votesText } from './Agenda';
import { type Item, type Meeting, useMeeting } from './api';
import './meeting.css';
import { messages } from './messages';
import { capacity } from './PeopleList';
import { Signatures } from './Signatures';
import { points } from './words';

/** The minutes to read, print and sign: acta, 議事録. The browser's print makes the PDF. */
export default function MinutesPage({ params }: PageProps) {
  const t = useMessages(messages);
  return (
    <QueryView query={useMeeting(params.id ?? '')} page>
      {(meeting) =>
        meeting.minutes ? (
          <Minutes meeting={meeting} minutes={meeting.minutes} />
        ) : (
          <Page title={t('minutes')}>
            <EmptyState
              title={t('minutes.none')}
              action={
                <LinkButton href={`/manage/challenges/${meeting.challengeId}/meeting`}>
                  {t('minutes.meeting')}
                </LinkButton>
              }
            >
              <p>{t('minutes.none.text')}</p>
            </EmptyState>
          </Page>
        )
      }
    </QueryView>
  );
}

type Kept = NonNullable<Meeting['minutes']>;

function Minutes({ meeting, minutes }: { meeting: Meeting; minutes: Kept }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(meeting.title, language, meeting.language);
  const when = (at: string) => dateTimeZone(new Date(at), meeting.timeZone, language);
  const opened = when(meeting.openedAt ?? minutes.madeAt);
  return (
    <Page
      middle
      title={t('minutes')}
      documentTitle={`${t('minutes')} · ${title.text}`}
      above={<Link href={`/manage/challenges/${meeting.challengeId}/meeting`}>{t('minutes.meeting')}</Link>}
    >
      <p class="actions minutes-screen">
        <Button kind="primary" onClick={() => print()}>
          {t('minutes.print')}
        </Button>
      </p>
      <p class="prose">
        {meeting.place
          ? t('minutes.intro', { place: meeting.place, opened })
          : t('minutes.intro.noplace', { opened })}
      </p>
      <Facts meeting={meeting} title={<span lang={title.lang}>{title.text}</span>} />
      <section class="section minutes-part" aria-labelledby="items">
        <h2 id="items">{t('minutes.items')}</h2>
        {minutes.text === undefined ? <p>{t('minutes.recused')}</p> : null}
        <ol class="minutes-list">
          {meeting.items.map((each, at) => (
            <Entry key={each.entryId} item={each} number={at + 1} meeting={meeting} />
          ))}
        </ol>
        <p class="prose">{t('minutes.end', { closed: when(minutes.madeAt) })}</p>
        <p class="prose">{t('minutes.host')}</p>
      </section>
      <Signatures meeting={meeting} />
      <OnRecord minutes={minutes} meeting={meeting} at={when(minutes.madeAt)} />
    </Page>
  );
}

function Facts({ meeting, title }: { meeting: Meeting; title: ComponentChildren }) {
  const t = useMessages(messages);
  const people = meeting.people.map((each) => (
    <li key={each.personId}>
      {t('person', {
        name: each.name,
        capacity: t(`capacity.${capacity(each)}`),
        presence: t(`presence.${each.presence}`),
      })}
    </li>
  ));
  const rows: [string, ComponentChildren][] = [
    [t('minutes.challenge'), title],
    [t('minutes.attendance'), <ul class="minutes-list">{people}</ul>],
    [t('quorum'), t('minutes.quorum', { quorum: meeting.quorum, of: meeting.members, n: meeting.present })],
  ];
  if (meeting.secretary) rows.push([t('sign.secretary'), meeting.secretary]);
  if (meeting.guests) rows.push([t('guests'), <LangText text={meeting.guests} lang={meeting.language} />]);
  if (meeting.notes) rows.push([t('remarks'), <LangText text={meeting.notes} lang={meeting.language} />]);
  return (
    <dl class="minutes-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Entry({ item, number, meeting }: { item: Item; number: number; meeting: Meeting }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const away = item.away.map((each) =>
    each.reason ? `${each.name} (${t('minutes.conflict', { reason: each.reason })})` : each.name,
  );
  return (
    <li class="minutes-item">
      <h3>
        {number}. {item.reference} {item.teamName}
      </h3>
      {item.title ? <p class="small muted">{item.title}</p> : null}
      <p>
        {item.rank === undefined || item.official === undefined
          ? t('unranked')
          : t('minutes.rank', { n: item.rank, value: points(item.official, language) })}
      </p>
      {away.length > 0 ? (
        <p>
          {t('minutes.away')}
          {t('colon')}
          {listed(away, language)}
        </p>
      ) : null}
      {item.notes ? (
        <p class="minutes-said">
          {t('notes')}
          {t('colon')}
          <LangText text={item.notes} lang={meeting.language} />
        </p>
      ) : null}
      <p>
        {t('votes')}
        {t('colon')}
        {votesText(t, item.votes)}
      </p>
      <p>
        {t('recommendation')}
        {t('colon')}
        <strong>{outcomeText(t, item)}</strong>
      </p>
      {item.reason ? (
        <p class="minutes-said">
          {t('reason')}
          {t('colon')}
          <LangText text={item.reason} lang={meeting.language} />
        </p>
      ) : null}
    </li>
  );
}

function OnRecord({ minutes, meeting, at }: { minutes: Kept; meeting: Meeting; at: string }) {
  const t = useMessages(messages);
  const save = () => saveFile(minutes.text ?? '', `minutes-${meeting.slug}.txt`);
  return (
    <footer class="section minutes-part">
      <p class="small">
        {t('minutes.hash', { at })}
        <code class="minutes-hash">{minutes.hash}</code>
      </p>
      {minutes.text === undefined ? null : (
        <details class="minutes-screen">
          <summary>{t('minutes.canonical')}</summary>
          <p class="prose">{t('minutes.canonical.text')}</p>
          <p>
            <Button onClick={save}>{t('minutes.download')}</Button>
          </p>
          <pre class="minutes-text" lang={meeting.language}>
            {minutes.text}
          </pre>
        </details>
      )}
    </footer>
  );
}
