import { CityMark } from '~/components/CityMark';
import { EmptyState } from '~/components/EmptyState';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { Tag } from '~/components/Tag';
import { Relative, When } from '~/components/When';
import { messages as affiliations } from '~/features/affiliations/messages';
import { messages as alongMessages } from '~/features/along/messages';
import { messages as pitch } from '~/features/pitch/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Duty, useDuties } from './api';
import { messages } from './messages';
import './overview.css';

const tones = { declare: 'warning', calibrate: 'warning', judging: 'info', done: 'success' } as const;

/** What the juror has to do, the nearest date first. */
export default function OverviewPage() {
  const t = useMessages(messages);
  return (
    <QueryView query={useDuties()} page>
      {({ items }) => (
        <Page title={t('title')} lead={t('lead')}>
          <Later load={() => import('~/features/along/Waiting')} messages={[alongMessages]} props={{}} />
          {items.some((each) => each.state === 'locked') ? (
            <Later load={() => import('~/features/pitch/Duties')} messages={[pitch]} props={{}} />
          ) : null}
          {items.length === 0 ? (
            <EmptyState
              title={t('none')}
              action={<LinkButton href="/challenges">{t('none.action')}</LinkButton>}
            >
              <p>{t('none.text')}</p>
            </EmptyState>
          ) : (
            <Rows label={t('title')}>
              {items.map((duty) => (
                <DutyRow key={duty.challengeId} duty={duty} />
              ))}
            </Rows>
          )}
          {items.length > 0 ? (
            <Later
              load={() => import('~/features/affiliations/Duties')}
              messages={[affiliations]}
              props={{ duties: items }}
            />
          ) : null}
          <Later
            load={() => import('~/features/along/TakeAlong')}
            messages={[alongMessages]}
            props={{ duties: items }}
          />
        </Page>
      )}
    </QueryView>
  );
}

/** Where the row leads: the one next thing to do. */
function next(duty: Duty): string {
  if (duty.state === 'declare') return `/jury/challenges/${duty.challengeId}/conflicts`;
  if (duty.state === 'calibrate') return `/jury/challenges/${duty.challengeId}/calibration`;
  if (duty.nextAssignmentId) return `/jury/${duty.nextAssignmentId}`;
  return `/challenges/${duty.slug}`;
}

function DutyRow({ duty }: { duty: Duty }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(duty.title, language, duty.language);
  const tone = duty.state in tones ? tones[duty.state as keyof typeof tones] : undefined;
  const closing = duty.state === 'upcoming';
  return (
    <Row
      href={next(duty)}
      title={title.text}
      titleLang={title.lang}
      above={
        <>
          <CityMark city={duty.city} />
          <Tag tone={tone}>{t(`state.${duty.state}`)}</Tag>
        </>
      }
      facts={[
        ...(duty.state === 'locked'
          ? []
          : [
              {
                name: t(closing ? 'closes' : 'until'),
                value: <When at={closing ? duty.closesAt : duty.judgingEndsAt} short />,
                note: <Relative at={closing ? duty.closesAt : duty.judgingEndsAt} />,
              },
            ]),
        {
          name: t('scored'),
          value:
            duty.assigned > 0 ? t('scored.of', { n: duty.submitted, of: duty.assigned }) : t('scored.none'),
          note: duty.drafts > 0 ? t('drafts', { n: duty.drafts }) : undefined,
        },
      ]}
    >
      <p>{t(`next.${duty.state}`)}</p>
      <Ways duty={duty} />
    </Row>
  );
}

/** Where else a duty leads. */
function Ways({ duty }: { duty: Duty }) {
  const t = useMessages(messages);
  const ways = [
    duty.calibration && { href: `/jury/challenges/${duty.challengeId}/calibration`, text: t('calibration') },
    duty.meeting && {
      href: `/manage/challenges/${duty.challengeId}/meeting`,
      text: t(`meeting.${duty.meeting}`),
    },
    duty.chair && { href: `/manage/challenges/${duty.challengeId}/jury`, text: t('chair') },
  ].filter((way) => !!way);
  if (ways.length === 0) return null;
  return (
    <p class="jury-chair actions">
      {ways.map((way) => (
        <LinkButton key={way.href} href={way.href}>
          {way.text}
        </LinkButton>
      ))}
    </p>
  );
}
