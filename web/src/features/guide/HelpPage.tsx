import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

const startupSteps = ['find', 'team', 'write', 'submit', 'jury', 'trial'] as const;
const citySteps = ['write', 'approve', 'sealed', 'decide'] as const;
const jurySteps = ['accept', 'conflicts', 'score', 'lock'] as const;

/** How a contest works, for startups, cities and jurors. */
export default function HelpPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('help.title')} lead={<p>{t('help.lead')}</p>} narrow>
      <section class="section" aria-labelledby="startups">
        <h2 id="startups">{t('help.startups')}</h2>
        <ol class="steps">
          {startupSteps.map((step) => (
            <li key={step}>
              <h3>{t(`help.startups.${step}`)}</h3>
              <p>{t(`help.startups.${step}.text`)}</p>
            </li>
          ))}
        </ol>
        <p>
          <LinkButton href="/challenges" kind="primary">
            {t('help.startups.action')}
          </LinkButton>
        </p>
      </section>
      <section class="section" aria-labelledby="deadline">
        <h2 id="deadline">{t('help.deadline')}</h2>
        <p>{t('help.deadline.clock')}</p>
        <p>{t('help.deadline.draft')}</p>
        <p>{t('help.deadline.receipt')}</p>
      </section>
      <section class="section" aria-labelledby="cities">
        <h2 id="cities">{t('help.cities')}</h2>
        <ol class="steps">
          {citySteps.map((step) => (
            <li key={step}>
              <h3>{t(`help.cities.${step}`)}</h3>
              <p>{t(`help.cities.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>
      <section class="section" aria-labelledby="jury">
        <h2 id="jury">{t('help.jury')}</h2>
        <ol class="steps">
          {jurySteps.map((step) => (
            <li key={step}>
              <h3>{t(`help.jury.${step}`)}</h3>
              <p>{t(`help.jury.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  );
}
