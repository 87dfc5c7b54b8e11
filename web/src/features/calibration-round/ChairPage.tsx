import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Calibration, useCalibration } from './api';
import './calibration.css';
import { messages } from './messages';
import { Pick } from './Pick';
import { Rule } from './Rule';
import { Running } from './Running';

/** The calibration round of a challenge, for its chair: what counts, which two entries, who is done, how far apart. */
export default function ChairPage({ params }: PageProps) {
  return (
    <QueryView query={useCalibration(params.id ?? '')} page>
      {(round) => <Chair round={round} />}
    </QueryView>
  );
}

function Chair({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(round.title, language, round.language);
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${title.text}`}
      lead={<p>{t('lead')}</p>}
      above={
        <>
          <Link href={`/challenges/${round.slug}`} lang={title.lang}>
            {title.text}
          </Link>
          <Link href={`/manage/challenges/${round.challengeId}/jury`}>{t('back')}</Link>
          {round.state === 'open' || round.state === 'closed' ? (
            <Tag tone={round.state === 'open' ? 'info' : 'success'}>{t(`state.${round.state}`)}</Tag>
          ) : null}
        </>
      }
      middle
    >
      <Rule round={round} />
      <Now round={round} />
      <Past round={round} />
    </Page>
  );
}

function Now({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  if (round.obstacle) return <Notice>{t(`obstacle.${round.obstacle}`)}</Notice>;
  if (round.state === 'none') {
    return round.choices.length > 0 ? <Pick round={round} /> : <Notice>{t('waiting')}</Notice>;
  }
  return (
    <>
      <Running round={round} />
      {round.spread ? (
        <Later
          load={() => import('./SpreadView')}
          messages={[messages]}
          props={{ spread: round.spread, criteria: round.criteria, language: round.language }}
        />
      ) : round.state === 'open' && round.allowedActions.includes('calibration.run') ? (
        <Notice>
          <p>{t('spread.wait')}</p>
          <p>
            <LinkButton href={`/jury/challenges/${round.challengeId}/calibration`}>{t('desk')}</LinkButton>
          </p>
        </Notice>
      ) : null}
    </>
  );
}

function Past({ round }: { round: Calibration }) {
  const t = useMessages(messages);
  if (round.past.length === 0) return null;
  return (
    <section class="section" aria-labelledby="past">
      <h2 id="past">{t('past')}</h2>
      <ol class="stack">
        {round.past.map((each) => (
          <li key={each.openedAt}>
            <p dir="auto">{each.reason}</p>
            <p class="small muted">
              <When at={each.cancelledAt} zone={round.timeZone} short />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
