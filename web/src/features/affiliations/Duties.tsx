import type { components } from '~/api/schema';
import { LinkButton } from '~/components/LinkButton';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

type Duty = components['schemas']['JuryDuty'];

/** The way to state one's organisations, once for each contest that one judges in. */
export default function Duties({ duties }: { duties: Duty[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const open = duties.filter((each) => each.state !== 'locked');
  const contests = new Map(open.map((each) => [textIn(each.contestTitle, language).text, each]));
  if (contests.size === 0) return null;
  return (
    <section class="section" aria-labelledby="affiliations">
      <h2 id="affiliations">{t('title')}</h2>
      <p class="prose">{t('why')}</p>
      <p class="actions">
        {[...contests].map(([contest, duty]) => (
          <LinkButton key={contest} href={`/jury/challenges/${duty.challengeId}/affiliations`} kind="outline">
            {contests.size > 1 ? `${t('state')}: ${contest}` : t('state')}
          </LinkButton>
        ))}
      </p>
    </section>
  );
}
