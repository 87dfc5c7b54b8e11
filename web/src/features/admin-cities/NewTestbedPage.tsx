import { Link, useLocation } from 'wouter-preact';
import { api, idempotencyKey, ok } from '~/api/client';
import { NotFoundPage } from '~/app/NotFoundPage';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { PageProps } from '~/routes/route';
import { refresh, useCities } from './api';
import { messages } from './messages';
import { TestbedForm } from './TestbedForm';

/** Offers a testbed of a city. */
export default function NewTestbedPage({ params }: PageProps) {
  const t = useMessages(messages);
  const [, go] = useLocation();
  const query = useCities();
  const back = `/admin/cities/${params.slug}`;
  return (
    <QueryView query={query} page>
      {({ items }) => {
        const city = items.find((each) => each.slug === params.slug);
        if (!city?.allowedActions.includes('testbeds.manage')) return <NotFoundPage />;
        return (
          <Page
            title={t('testbed.new')}
            lead={<p>{t('testbed.new.lead')}</p>}
            above={<Link href={back}>{t('testbed.back')}</Link>}
            narrow
          >
            <TestbedForm
              id={`testbed-new-${city.id}`}
              first={city.language}
              send={async (words, key) => {
                await ok(
                  api.POST('/testbeds', {
                    headers: idempotencyKey(key),
                    body: { ...words, cityIds: [city.id] },
                  }),
                );
                await refresh();
                showToast(t('testbed.saved'));
                go(back);
              }}
            />
          </Page>
        );
      }}
    </QueryView>
  );
}
