import { Link } from 'wouter-preact';
import { ProblemError } from '~/api/problem';
import { EmptyState } from '~/components/EmptyState';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { messages as pitch } from '~/features/pitch/messages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Decision, useDecision } from './api';
import { Decided } from './Decided';
import './decide.css';
import { DecisionForm } from './DecisionForm';
import { messages } from './messages';

/** What the host makes of the jury's order. */
export default function DecidePage({ params }: PageProps) {
  const t = useMessages(messages);
  const id = params.id ?? '';
  const query = useDecision(id);
  if (query.error instanceof ProblemError && query.error.code === 'jury.sealed') {
    return (
      <Page title={t('title')}>
        <EmptyState
          title={t('sealed')}
          action={<LinkButton href={`/manage/challenges/${id}/jury`}>{t('sealed.action')}</LinkButton>}
        >
          <p>{t('sealed.text')}</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <QueryView query={query} page>
      {(decision) => <View decision={decision} />}
    </QueryView>
  );
}

function View({ decision }: { decision: Decision }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(decision.title, language, decision.language);
  const state = decision.releasedAt ? 'released' : decision.decidedAt ? 'decided' : 'draft';
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${title.text}`}
      above={
        <>
          <Link href={`/challenges/${decision.slug}`} lang={title.lang}>
            {title.text}
          </Link>
          <Tag tone={state === 'draft' ? 'info' : 'success'}>{t(`state.${state}`)}</Tag>
          {decision.resultsAt && state !== 'released' ? (
            <span class="small">
              {t('resultsAt')}
              <When at={decision.resultsAt} zone={decision.timeZone} short />
            </span>
          ) : null}
        </>
      }
    >
      {decision.rows.some((row) => row.recommended) ? (
        <Notice title={t('recommended.text')}>
          <p>
            <Link href={`/manage/challenges/${decision.challengeId}/meeting/minutes`}>
              {t('recommended.minutes')}
            </Link>
          </p>
        </Notice>
      ) : null}
      <Later
        load={() => import('~/features/pitch/FinalPart')}
        messages={[pitch]}
        props={{ challenge: decision.challengeId }}
      />
      {decision.lotteryOpen ? <Notice tone="warning">{t('lottery')}</Notice> : null}
      {state !== 'draft' ? (
        <Decided decision={decision} />
      ) : decision.allowedActions.includes('award.decide') ? (
        <DecisionForm decision={decision} />
      ) : (
        <>
          <Notice>{t('notYours')}</Notice>
          <Decided decision={decision} />
        </>
      )}
    </Page>
  );
}
