import { Link } from 'wouter-preact';
import { Later } from '~/components/Later';
import { When } from '~/components/When';
import { messages as pitch } from '~/features/pitch/messages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useVersions } from './api';
import { messages } from './messages';

/** On a challenge's page: the pitch round where there is one, which version of the rules stands, and the way to what changed. */
export default function ChallengeRules({ slug }: { slug: string }) {
  return (
    <>
      <Later load={() => import('~/features/pitch/PublicRules')} messages={[pitch]} props={{ slug }} />
      <Standing slug={slug} />
    </>
  );
}

function Standing({ slug }: { slug: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const list = useVersions(slug, language).data;
  const last = list?.items[0];
  if (!list || !last) return null;
  return (
    <section class="section" aria-labelledby="rules">
      <h2 id="rules">{t('challenge.title')}</h2>
      <p>
        {t('version.number', { n: last.number })} · <When at={last.at} zone={list.timeZone} />
      </p>
      {last.reason ? (
        <p lang={last.reason.lang === language ? undefined : last.reason.lang}>{last.reason.text}</p>
      ) : null}
      {last.number > 1 ? (
        <p>
          <Link href={`/challenges/${slug}/versions`}>{t('challenge.versions')}</Link>
        </p>
      ) : null}
    </section>
  );
}
