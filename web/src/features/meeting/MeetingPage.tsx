import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { messages as pitch } from '~/features/pitch/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { Acts } from './Acts';
import { Agenda } from './Agenda';
import { type Meeting, useMeeting } from './api';
import { ItemForm } from './ItemForm';
import { messages } from './messages';
import { PeopleList } from './PeopleList';
import { PlanForm } from './PlanForm';
import { useFocus } from './use-focus';
import './meeting.css';

/** The jury's meeting: who is there, entry by entry what was said and voted, and the close. */
export default function MeetingPage({ params }: PageProps) {
  return (
    <QueryView query={useMeeting(params.id ?? '')} page>
      {(meeting) => <View meeting={meeting} />}
    </QueryView>
  );
}

const tones = { planned: 'info', open: 'warning', closed: 'success' } as const;

function View({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(meeting.title, language, meeting.language);
  const runs = meeting.allowedActions.includes('meeting.run');
  const current = runs ? meeting.items.find((each) => each.entryId === meeting.currentId) : undefined;
  useFocus(meeting, current);
  const path = `/manage/challenges/${meeting.challengeId}/meeting`;
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${title.text}`}
      above={
        <>
          <Link href={`/challenges/${meeting.slug}`} lang={title.lang}>
            {title.text}
          </Link>
          <Tag tone={tones[meeting.state]}>{t(`state.${meeting.state}`)}</Tag>
        </>
      }
    >
      <p class="prose">{t('lead')}</p>
      {meeting.state === 'closed' ? (
        <Notice tone="success" title={t('closed')}>
          <p>{t('closed.text')}</p>
          <p>
            <LinkButton href={`${path}/minutes`}>{t('minutes.read')}</LinkButton>
          </p>
        </Notice>
      ) : null}
      <Presence meeting={meeting} />
      {runs ? (
        <details open={meeting.state === 'planned'} class="meeting-plan">
          <summary>{t('attendance')}</summary>
          <PlanForm key={meeting.version} meeting={meeting} />
        </details>
      ) : (
        <details class="meeting-plan">
          <summary>{t('attendance')}</summary>
          <PeopleList meeting={meeting} />
        </details>
      )}
      {runs && meeting.state === 'open' ? (
        <p>
          <a href={`${languagePath(language)}${path}/projector`} target="_blank" rel="noreferrer">
            {t('projector.open')}
          </a>
        </p>
      ) : null}
      {current ? (
        <ItemForm key={`${current.entryId} ${current.version}`} meeting={meeting} item={current} />
      ) : null}
      {meeting.scoresLocked ? (
        <Later
          load={() => import('~/features/pitch/FinalPart')}
          messages={[pitch]}
          props={{ challenge: meeting.challengeId }}
        />
      ) : null}
      {meeting.state === 'planned' ? null : <Agenda meeting={meeting} runs={runs} />}
      {runs ? <Acts meeting={meeting} /> : null}
    </Page>
  );
}

function Presence({ meeting }: { meeting: Meeting }) {
  const t = useMessages(messages);
  const numbers = { n: meeting.present, of: meeting.members, quorum: meeting.quorum };
  if (meeting.state === 'closed') return <p>{t('present.was', numbers)}</p>;
  return (
    <p>
      {t('present', numbers)}
      <strong>{t(meeting.present >= meeting.quorum ? 'quorum.there' : 'quorum.missing')}</strong>
    </p>
  );
}

/** Where another window opens: outside of the router, so with the language. */
function languagePath(language: string): string {
  return language === 'en' ? '' : `/${language}`;
}
