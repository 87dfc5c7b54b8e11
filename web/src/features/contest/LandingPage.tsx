import { Link } from 'wouter-preact';
import { LinkButton } from '~/components/LinkButton';
import { PageTitle } from '~/components/PageTitle';
import { Waves } from '~/components/Waves';
import { useMessages } from '~/i18n/use-messages';
import { ChallengeList } from './ChallengeList';
import { ClosingNext } from './ClosingNext';
import { messages } from './messages';
import './landing.css';

/** The start page: what this is for, what closes next, then the list itself. */
export default function LandingPage() {
  const t = useMessages(messages);
  return (
    <>
      <div class="hero">
        <div class="wrap hero-row">
          <div class="hero-words">
            <PageTitle documentTitle={t('landing.title')}>{t('landing.title')}</PageTitle>
            <p class="lead">{t('landing.lead')}</p>
            <p class="actions">
              <LinkButton href="/challenges?status=open" kind="primary">
                {t('landing.action')}
              </LinkButton>
            </p>
          </div>
          <ClosingNext />
        </div>
        <Waves />
      </div>
      <div class="wrap page">
        <section class="stack" aria-labelledby="challenges">
          <h2 id="challenges">{t('list.title')}</h2>
          <ChallengeList level={3} />
        </section>
        <section class="split" aria-label={t('landing.how')}>
          <div class="stack">
            <h2 class="split-title">{t('landing.startups')}</h2>
            <p>{t('landing.startups.text')}</p>
            <p>
              <Link href="/help">{t('landing.startups.action')}</Link>
            </p>
          </div>
          <div class="stack">
            <h2 class="split-title">{t('landing.cities')}</h2>
            <p>{t('landing.cities.text')}</p>
            <p>
              <Link href="/help#cities">{t('landing.cities.action')}</Link>
            </p>
          </div>
        </section>
      </div>
    </>
  );
}
