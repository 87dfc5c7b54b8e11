import { Link } from 'wouter-preact';
import { Disclosure } from '~/components/Disclosure';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { Appointments } from './Appointments';
import { type Round, useRound } from './api';
import { FinalTable } from './FinalTable';
import { LockPart } from './LockPart';
import { messages } from './messages';
import './pitch.css';
import { RulesView } from './RulesView';
import { ShortlistForm } from './ShortlistForm';

/** The pitch round of a challenge: the shortlist, the appointments, the lock, the final order. */
export default function RoundPage({ params }: PageProps) {
  return (
    <QueryView query={useRound(params.id ?? '')} page>
      {(round) => <View round={round} />}
    </QueryView>
  );
}

const tones = {
  none: 'info',
  judging: 'info',
  choosing: 'warning',
  open: 'warning',
  locked: 'success',
} as const;

function View({ round }: { round: Round }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(round.title, language, round.language);
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${title.text}`}
      above={
        <>
          <Link href={`/challenges/${round.slug}`} lang={title.lang}>
            {title.text}
          </Link>
          <Tag tone={tones[round.state]}>{t(`state.${round.state}`)}</Tag>
        </>
      }
    >
      <Stage round={round} />
      {round.state === 'none' ? null : (
        <Disclosure summary={t('rules')}>
          <RulesView rules={round} />
        </Disclosure>
      )}
    </Page>
  );
}

function Stage({ round }: { round: Round }) {
  const t = useMessages(messages);
  const runs = round.allowedActions.includes('pitch.run');
  const jury = `/manage/challenges/${round.challengeId}/jury`;
  if (round.state === 'none' || round.state === 'judging') {
    return (
      <EmptyState
        title={t(round.state === 'none' ? 'none' : 'judging')}
        action={<LinkButton href={jury}>{t('jury')}</LinkButton>}
      >
        <p>{t(round.state === 'none' ? 'none.text' : 'judging.text')}</p>
      </EmptyState>
    );
  }
  if (round.state === 'choosing') {
    return runs ? <ShortlistForm round={round} /> : <Notice>{t('choosing.others')}</Notice>;
  }
  return (
    <>
      {round.lockedAt ? (
        <Notice tone="success" title={t('locked')}>
          <p>
            <When at={round.lockedAt} zone={round.timeZone} /> · {t('locked.text')}
          </p>
        </Notice>
      ) : (
        <Notice>{t('open.text')}</Notice>
      )}
      {round.state === 'locked' ? <FinalTable round={round} /> : null}
      <Appointments round={round} runs={runs && round.state === 'open'} />
      {runs && round.state === 'open' ? <LockPart round={round} /> : null}
    </>
  );
}
