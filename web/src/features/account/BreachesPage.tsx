import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { BreachItem } from './BreachItem';
import { messages } from './messages';
import { NewBreach } from './NewBreach';

/** The log of breaches with the clocks that the GDPR and the APPI start. */
export default function BreachesPage() {
  const t = useMessages(messages);
  const query = useQuery({ queryKey: ['breaches'], queryFn: () => ok(api.GET('/admin/breaches')) });
  return (
    <QueryView query={query} page>
      {({ items }) => (
        <Page title={t('breaches.title')} lead={<p>{t('breaches.lead')}</p>} narrow>
          {items.length === 0 ? (
            <EmptyState title={t('breaches.none')} />
          ) : (
            items.map((breach) => <BreachItem key={breach.id} breach={breach} />)
          )}
          <section class="section" aria-labelledby="new-breach">
            <h2 id="new-breach">{t('breaches.new')}</h2>
            <NewBreach />
          </section>
        </Page>
      )}
    </QueryView>
  );
}
