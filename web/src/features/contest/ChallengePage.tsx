import { CityMark } from '~/components/CityMark';
import { DeadlineStrip } from '~/components/DeadlineStrip';
import { TranslationPending } from '~/components/LangText';
import { Later } from '~/components/Later';
import { LinkButton } from '~/components/LinkButton';
import { Markdown } from '~/components/Markdown';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Staged } from '~/components/Staged';
import { Tag } from '~/components/Tag';
import { messages as extras } from '~/features/extras/messages';
import { messages as follow } from '~/features/follow/messages';
import { messages as questions } from '~/features/questions/messages';
import { messages as rules } from '~/features/rules/messages';
import { dateTimeZone, ownZone } from '~/i18n/dates';
import { inLanguage, languageNames } from '~/i18n/languages';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { cameFrom, fromQuery } from '~/lib/came-from';
import type { PageProps } from '~/routes/route';
import { type ChallengeDetail, useChallenge } from './api';
import { Criteria } from './Criteria';
import { FormOutline } from './FormOutline';
import { messages } from './messages';
import { Offer } from './Offer';
import { PhaseTag } from './PhaseTag';
import { Steps } from './Steps';

/** A challenge for everyone to read. */
export default function ChallengePage({ params }: PageProps) {
  const language = useLanguage();
  const query = useChallenge(params.slug ?? '', language);
  return (
    <QueryView query={query} page>
      {(challenge) => <ChallengeView challenge={challenge} />}
    </QueryView>
  );
}

/** The public view; the preview of an unpublished challenge shows the same. */
export function ChallengeView({ challenge }: { challenge: ChallengeDetail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { lang, phase, slug } = challenge;
  const textLang = lang === language ? undefined : lang;
  const zones = challenge.cities
    .map((city) => ({ ...textIn(city.name, language), timeZone: city.timeZone }))
    // Joint challenges of one zone need no second column that says the same.
    .filter((zone, at, all) => all.findIndex((each) => each.timeZone === zone.timeZone) === at)
    .map(({ text, timeZone }) => ({ name: text, timeZone }));
  return (
    <Page
      middle
      title={challenge.title}
      titleLang={textLang}
      lead={<p>{challenge.summary}</p>}
      above={
        <>
          {challenge.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          <PhaseTag phase={challenge.phase} closesAt={challenge.dates.closesAt} />
          {challenge.dates.extendedFrom ? <Tag>{t('extended')}</Tag> : null}
          {challenge.sample ? <Tag>{t('sample')}</Tag> : null}
          {challenge.contest.rehearsal ? <Tag tone="warning">{t('rehearsal')}</Tag> : null}
        </>
      }
    >
      {challenge.translationPending ? <TranslationPending lang={lang} /> : null}
      <Translated challenge={challenge} />
      <DeadlineStrip label={t('challenge.deadline')} at={challenge.dates.closesAt} cities={zones} />
      <Actions challenge={challenge} />
      <Steps challenge={challenge} />
      <Staged>
        {challenge.sections.map((section) => (
          <section key={section.key} class="section" aria-labelledby={`s-${section.key}`}>
            <h2
              id={`s-${section.key}`}
              lang={section.label.lang === language ? undefined : section.label.lang}
            >
              {section.label.text}
            </h2>
            <Markdown html={section.html} lang={textLang} />
          </section>
        ))}
        <Offer challenge={challenge} />
        <Criteria criteria={challenge.criteria} calibration={challenge.calibrationCounts} />
        <FormOutline fields={challenge.form} languages={challenge.entryLanguages} />
      </Staged>
      <Later load={() => import('~/features/extras/Extras')} messages={[extras]} props={{ challenge }} />
      {phase === 'draft' ? null : (
        <>
          <Later
            load={() => import('~/features/questions/ChallengeQuestions')}
            messages={[questions]}
            props={{ slug }}
          />
          <Later load={() => import('~/features/rules/ChallengeRules')} messages={[rules]} props={{ slug }} />
          <Later
            load={() => import('~/features/follow/FollowPart')}
            messages={[follow]}
            props={{ slug, phase, from: cameFrom() }}
          />
        </>
      )}
    </Page>
  );
}

/** Names the authoritative version above a translation, and says when it has changed since. */
function Translated({ challenge }: { challenge: ChallengeDetail }) {
  const t = useMessages(messages);
  const { lang, language: original, slug } = challenge;
  if (lang === original) return null;
  return (
    <p class="pending">
      {t(challenge.translationStale ? 'challenge.stale' : 'challenge.translated')}{' '}
      <a href={inLanguage(`/challenges/${slug}`, original)} lang={original} hreflang={original}>
        {languageNames[original]}
      </a>
    </p>
  );
}

/** What can be done now: enter, note the deadline, read the results. */
function Actions({ challenge }: { challenge: ChallengeDetail }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { phase, slug, dates } = challenge;
  const calendar = `/api/v1/challenges/${encodeURIComponent(slug)}/deadline.ics?lang=${language}`;
  return (
    <>
      {phase === 'announced' ? (
        <Notice
          title={t('challenge.announcedNotice', {
            date: dateTimeZone(new Date(dates.opensAt), ownZone(), language),
          })}
        />
      ) : null}
      {phase === 'open' || phase === 'announced' || phase === 'draft' ? null : (
        <Notice title={t('challenge.closedNotice')} />
      )}
      <p class="actions">
        {phase === 'open' ? (
          <LinkButton href={`/challenges/${slug}/enter${fromQuery(cameFrom())}`} kind="primary">
            {t('challenge.start')}
          </LinkButton>
        ) : null}
        {phase === 'open' || phase === 'announced' ? (
          <LinkButton href={calendar} kind="outline" download>
            {t('challenge.calendar')}
          </LinkButton>
        ) : null}
        {phase === 'results' ? (
          <LinkButton href={`/challenges/${slug}/results`} kind="primary">
            {t('challenge.seeResults')}
          </LinkButton>
        ) : null}
      </p>
      {challenge.sample ? <p class="small muted">{t('challenge.sample')}</p> : null}
    </>
  );
}
