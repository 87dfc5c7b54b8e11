import { useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { ErrorState } from '~/components/ErrorState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { useMessages } from '~/i18n/use-messages';
import { showToast } from '~/lib/toast';
import { useQueryFilters } from '~/lib/use-query-filters';
import { type Job, jobFilters, useJobs } from './api';
import { JobTable } from './JobTable';
import { messages } from './messages';

/** Work that runs in the background. */
export default function JobsPage() {
  const t = useMessages(messages);
  const { filters, set, changed, clear } = useQueryFilters(jobFilters);
  const query = useJobs(filters);
  const [error, setError] = useState<unknown>();
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);

  const act = async (job: Job, deed: 'retry' | 'cancel') => {
    setError(undefined);
    try {
      await ok(api.POST(`/admin/jobs/{id}/${deed}`, { params: { path: { id: job.id } } }));
      showToast(t(`jobs.${deed}.done`));
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: ['jobs'] });
  };

  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {(first) => (
        <Page title={t('jobs.title')} lead={<p>{t('jobs.lead')}</p>}>
          <search aria-label={t('filters')} class="filters">
            <Select
              name="state"
              label={t('state')}
              bare
              value={filters.state}
              onValue={(value) => set('state', value)}
              empty={t('state.all')}
              options={first.counts.map((each) => ({
                value: each.state,
                label: t('option', { name: t(`job.${each.state}`), n: each.count }),
              }))}
            />
            <Select
              name="kind"
              label={t('jobs.kind')}
              bare
              value={filters.kind}
              onValue={(value) => set('kind', value)}
              empty={t('jobs.kind.all')}
              options={first.kinds.map((kind) => ({ value: kind, label: kind }))}
            />
          </search>
          {error ? <ErrorState error={error} onRetry={() => setError(undefined)} /> : null}
          {items.length === 0 ? (
            <EmptyState
              title={t(changed ? 'jobs.empty.filtered' : 'jobs.empty')}
              action={changed ? <Button onClick={clear}>{t('clear')}</Button> : undefined}
            >
              <p>{t(changed ? 'jobs.empty.filtered.text' : 'jobs.empty.text')}</p>
            </EmptyState>
          ) : (
            <>
              <JobTable jobs={items} onAct={act} />
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </>
          )}
        </Page>
      )}
    </QueryView>
  );
}
