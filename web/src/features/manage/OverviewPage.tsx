import { CityMark } from '~/components/CityMark';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { Approval } from './Approval';
import { type Managed, useManaged } from './api';
import './manage.css';
import { messages } from './messages';
import { Parts, Translations } from './Parts';
import { StateTag } from './StateTag';
import { Tools } from './Tools';

/** A challenge in preparation: its parts with what is missing, its approval, what comes after. */
export default function OverviewPage({ params }: PageProps) {
  const query = useManaged(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(challenge) => <Overview challenge={challenge} />}
    </QueryView>
  );
}

function Overview({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const original = challenge.texts.find((text) => text.lang === challenge.language);
  const at = `/manage/challenges/${challenge.id}`;
  return (
    <Page
      title={original?.title || t('untitled')}
      titleLang={original?.title && challenge.language !== language ? challenge.language : undefined}
      middle
      above={
        <>
          {challenge.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          <StateTag state={challenge.state} />
          {challenge.dates.extendedFrom ? <Tag>{t('extended')}</Tag> : null}
          {challenge.sample ? <Tag>{t('sample')}</Tag> : null}
        </>
      }
    >
      <p class="actions">
        <LinkButton href={`${at}/preview`} kind="outline">
          {t('overview.preview')}
        </LinkButton>
        {challenge.state === 'published' ? (
          <LinkButton href={`/challenges/${challenge.slug}`} kind="outline">
            {t('overview.public')}
          </LinkButton>
        ) : null}
      </p>
      {challenge.source ? (
        <p class="muted">
          {challenge.source.agency ? t('source.agency', { agency: challenge.source.agency }) : null}{' '}
          {challenge.source.url ? (
            <a href={challenge.source.url} rel="noreferrer">
              {t('source.page')}
            </a>
          ) : null}
        </p>
      ) : null}
      <Approval challenge={challenge} />
      <section class="section" aria-labelledby="parts">
        <h2 id="parts">{t('overview.parts')}</h2>
        <Parts challenge={challenge} />
      </section>
      <section class="section" aria-labelledby="languages">
        <h2 id="languages">{t('overview.languages')}</h2>
        <Translations challenge={challenge} />
      </section>
      <Tools challenge={challenge} />
      <section class="section" aria-labelledby="history">
        <h2 id="history">{t('overview.history')}</h2>
        <History challenge={challenge} />
      </section>
    </Page>
  );
}

/** Who did what when, with the words of who returned it. */
function History({ challenge }: { challenge: Managed }) {
  const t = useMessages(messages);
  if (challenge.acts.length === 0) return <p class="muted">{t('overview.nothing')}</p>;
  return (
    <ol class="stack acts">
      {challenge.acts.map((act) => (
        <li key={`${act.kind}-${act.at}`}>
          <p>
            <strong>{t(`act.${act.kind}`)}</strong> <When at={act.at} />{' '}
            <span class="muted">
              {act.by ? t('act.by', { name: act.by }) : challenge.sample ? '' : t('act.gone')}
            </span>
          </p>
          {act.reason ? <blockquote class="reason">{act.reason}</blockquote> : null}
        </li>
      ))}
    </ol>
  );
}
