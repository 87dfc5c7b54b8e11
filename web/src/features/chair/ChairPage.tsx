import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tabs } from '~/components/Tabs';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { messages as assigning } from '~/features/assign/messages';
import { messages as conflicts } from '~/features/conflicts/messages';
import { messages as ranking } from '~/features/ranking/messages';
import { messages as onRecord } from '~/features/record/messages';
import { textIn } from '~/i18n/local-text';
import { type Translate, useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Progress, useProgress } from './api';
import './chair.css';
import { InvitePanel } from './InvitePanel';
import { Jurors } from './Jurors';
import { LockPanel } from './LockPanel';
import { MatrixPanel } from './MatrixPanel';
import { messages } from './messages';

/** The jury of one challenge, for its chair: who, what, how far, and what came of it. */
export default function ChairPage({ params }: PageProps) {
  return (
    <QueryView query={useProgress(params.id ?? '')} page>
      {(progress) => <Chair progress={progress} />}
    </QueryView>
  );
}

function Chair({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [tab, choose] = useState(
    progress.lockedAt && progress.allowedActions.includes('jury.ranking') ? 'ranking' : asked(progress),
  );
  const title = textIn(progress.title, language, progress.language);
  const may = (action: string) => progress.allowedActions.includes(action);
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${title.text}`}
      above={
        <>
          <Link href={`/challenges/${progress.slug}`} lang={title.lang}>
            {title.text}
          </Link>
          <Tag tone={progress.lockedAt ? 'success' : 'info'}>{t(progress.lockedAt ? 'locked' : 'open')}</Tag>
        </>
      }
    >
      <Facts progress={progress} />
      <p>
        <LinkButton href={`/manage/challenges/${progress.challengeId}/calibration`}>
          {t('calibration')}
        </LinkButton>
      </p>
      {may('jury.conflicts') ? (
        <Later
          load={() => import('~/features/conflicts/Hints')}
          messages={[conflicts]}
          props={{ challenge: progress.challengeId }}
        />
      ) : null}
      <Tabs label={t('title')} chosen={tab} onChoose={choose} tabs={tabsOf(may, t)}>
        <Panel tab={tab} progress={progress} may={may} />
      </Tabs>
      <LockPanel progress={progress} />
      {progress.lockedAt && may('jury.audit') ? (
        <Later
          load={() => import('~/features/record/AuditBundle')}
          messages={[onRecord]}
          props={{ challenge: progress.challengeId, slug: progress.slug }}
        />
      ) : null}
    </Page>
  );
}

/** The tab that the address asks for: links lead to the assignment. */
function asked(progress: Progress): string {
  const wanted = new URLSearchParams(window.location.search).get('tab');
  return wanted === 'assign' && progress.allowedActions.includes('jury.assign') ? wanted : 'jurors';
}

type May = (action: string) => boolean;

const assignPart = () => import('~/features/assign/AssignPart');
const rankingPart = () => import('~/features/ranking/RankingPart');

function tabsOf(may: May, t: Translate<'jurors' | 'assign' | 'matrix' | 'ranking'>) {
  const keys: ('jurors' | 'assign' | 'matrix' | 'ranking')[] = ['jurors'];
  if (may('jury.assign')) keys.push('assign');
  if (may('jury.ranking')) keys.push('matrix', 'ranking');
  return keys.map((key) => ({ key, label: t(key) }));
}

function Panel({ tab, progress, may }: { tab: string; progress: Progress; may: May }) {
  if (tab === 'assign' && may('jury.assign')) {
    return <Later load={assignPart} messages={[assigning]} props={{ progress }} />;
  }
  if (tab === 'matrix' && may('jury.ranking')) return <MatrixPanel progress={progress} />;
  if (tab === 'ranking' && may('jury.ranking')) {
    return <Later load={rankingPart} messages={[ranking]} props={{ challenge: progress.challengeId }} />;
  }
  return (
    <div class="stack">
      <Jurors progress={progress} />
      {may('jury.invite') ? <InvitePanel progress={progress} /> : null}
    </div>
  );
}

function Facts({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  const assigned = progress.jurors.reduce((sum, each) => sum + each.assigned, 0);
  const done = progress.jurors.reduce((sum, each) => sum + each.submitted, 0);
  return (
    <dl class="row-facts">
      <div>
        <dt>{t('entries')}</dt>
        <dd>{progress.entries}</dd>
      </div>
      <div>
        <dt>{t('reviews')}</dt>
        <dd>{t('reviews.of', { n: done, of: assigned })}</dd>
      </div>
      <div>
        <dt>{t('closes')}</dt>
        <dd class="small">
          <When at={progress.closesAt} zone={progress.timeZone} short />
        </dd>
      </div>
      <div>
        <dt>{t('judgingEnds')}</dt>
        <dd class="small">
          <When at={progress.judgingEndsAt} zone={progress.timeZone} short />
        </dd>
      </div>
      {progress.lockedAt ? (
        <div>
          <dt>{t('lockedAt')}</dt>
          <dd class="small">
            <When at={progress.lockedAt} zone={progress.timeZone} short />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
