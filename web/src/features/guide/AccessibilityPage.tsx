import { Page } from '~/components/Page';
import { useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

const items = ['keyboard', 'reader', 'zoom', 'colour', 'motion', 'language', 'time'] as const;

/** What the page does for people who use it in other ways, and what to do when it fails. */
export default function AccessibilityPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('accessibility.title')} lead={<p>{t('accessibility.lead')}</p>} narrow>
      <section class="section" aria-labelledby="status">
        <h2 id="status">{t('accessibility.status')}</h2>
        <p>{t('accessibility.status.text')}</p>
      </section>
      <section class="section" aria-labelledby="can">
        <h2 id="can">{t('accessibility.can')}</h2>
        <div class="prose">
          <ul>
            {items.map((item) => (
              <li key={item}>{t(`accessibility.can.${item}`)}</li>
            ))}
          </ul>
        </div>
      </section>
      <section class="section" aria-labelledby="limits">
        <h2 id="limits">{t('accessibility.limits')}</h2>
        <p>{t('accessibility.limits.text')}</p>
      </section>
      <section class="section" aria-labelledby="tell">
        <h2 id="tell">{t('accessibility.tell')}</h2>
        <p>{t('accessibility.tell.text')}</p>
      </section>
      <section class="section" aria-labelledby="enforce">
        <h2 id="enforce">{t('accessibility.enforce')}</h2>
        <p>{t('accessibility.enforce.text')}</p>
      </section>
    </Page>
  );
}
