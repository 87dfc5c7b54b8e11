import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

const kept = ['account', 'entries', 'reviews', 'visits', 'mail', 'logs'] as const;
const bases = ['contract', 'duty', 'safe', 'consent'] as const;
const rights = ['copy', 'correct', 'erase', 'object', 'complain'] as const;

/** What is kept about people, for how long, and what they can ask for. */
export default function PrivacyPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('privacy.title')} lead={<p>{t('privacy.lead')}</p>} narrow>
      <section class="section" aria-labelledby="kept">
        <h2 id="kept">{t('privacy.kept')}</h2>
        <dl class="facts">
          {kept.map((item) => (
            <div key={item}>
              <dt>{t(`privacy.kept.${item}`)}</dt>
              <dd class="plain">{t(`privacy.kept.${item}.text`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="section" aria-labelledby="basis">
        <h2 id="basis">{t('privacy.basis')}</h2>
        <div class="prose">
          <ul>
            {bases.map((item) => (
              <li key={item}>{t(`privacy.basis.${item}`)}</li>
            ))}
          </ul>
        </div>
      </section>
      <section class="section" aria-labelledby="who">
        <h2 id="who">{t('privacy.who')}</h2>
        <p>{t('privacy.who.text')}</p>
      </section>
      <section class="section" aria-labelledby="browser">
        <h2 id="browser">{t('privacy.browser')}</h2>
        <p>{t('privacy.browser.text')}</p>
        <p>{t('privacy.browser.city')}</p>
      </section>
      <section class="section" aria-labelledby="rights">
        <h2 id="rights">{t('privacy.rights')}</h2>
        <div class="prose">
          <ul>
            {rights.map((item) => (
              <li key={item}>{t(`privacy.rights.${item}`)}</li>
            ))}
          </ul>
        </div>
        <p class="actions">
          <LinkButton href="/account/data" kind="outline">
            {t('privacy.rights.link')}
          </LinkButton>
        </p>
      </section>
      <section class="section" aria-labelledby="breach">
        <h2 id="breach">{t('privacy.breach')}</h2>
        <p>{t('privacy.breach.text')}</p>
      </section>
    </Page>
  );
}
