import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { useOpenData } from './api';
import { Datasets } from './Datasets';
import { EmbedSnippet } from './EmbedSnippet';
import { Feeds } from './Feeds';
import './open-data.css';
import { messages } from './messages';

/** What other programs can read: tables to download, feeds to follow, a list to put into one's own site. */
export default function OpenDataPage() {
  const t = useMessages(messages);
  const query = useOpenData();
  return (
    <QueryView query={query} page>
      {(data) => (
        <Page title={t('title')} lead={<p>{t('lead')}</p>} middle>
          <section class="section" aria-labelledby="data-tables">
            <h2 id="data-tables">{t('tables')}</h2>
            <p>
              {t('tables.licence')}
              <a href={data.licenceUrl} rel="license">
                {data.licence}
              </a>
            </p>
            <Datasets datasets={data.datasets} />
          </section>
          <section class="section" aria-labelledby="data-feeds">
            <h2 id="data-feeds">{t('feeds')}</h2>
            <p>{t('feeds.text')}</p>
            <Feeds feeds={data.feeds} />
          </section>
          <section class="section" aria-labelledby="data-embed">
            <h2 id="data-embed">{t('embed')}</h2>
            <p>{t('embed.text')}</p>
            <EmbedSnippet url={data.embedUrl} cities={data.cities} />
          </section>
        </Page>
      )}
    </QueryView>
  );
}
