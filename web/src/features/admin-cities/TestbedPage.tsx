import { Link, useLocation } from 'wouter-preact';
import { api, ok } from '~/api/client';
import { NotFoundPage } from '~/app/NotFoundPage';
import { LangText } from '~/components/LangText';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import type { PageProps } from '~/routes/route';
import { refresh, useCities, useTestbeds } from './api';
import { messages } from './messages';
import { TestbedForm } from './TestbedForm';

/** Changes a testbed. */
export default function TestbedPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [, go] = useLocation();
  const query = useTestbeds(params.slug);
  const city = useCities().data?.items.find((each) => each.slug === params.slug);
  const back = `/admin/cities/${params.slug}`;
  return (
    <QueryView query={query} page>
      {({ items }) => {
        const bed = items.find((each) => each.id === params.id);
        if (!bed?.allowedActions.includes('testbeds.manage')) return <NotFoundPage />;
        return (
          <Page
            title={t('testbed.edit')}
            lead={
              <p>
                <LangText {...textIn(bed.name, language)} />
              </p>
            }
            above={<Link href={back}>{t('testbed.back')}</Link>}
            narrow
          >
            <TestbedForm
              // The first tab is the city's language, which may come after the testbed.
              key={`${bed.version}${city?.language}`}
              id={`testbed-${bed.id}-${bed.version}`}
              first={city?.language ?? 'en'}
              bed={bed}
              send={async (words) => {
                await ok(
                  api.PATCH('/testbeds/{id}', {
                    params: { path: { id: bed.id }, header: { 'If-Match': `"${bed.version}"` } },
                    body: words,
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
