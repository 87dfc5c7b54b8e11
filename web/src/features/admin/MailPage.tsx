import { useEffect, useState } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { queries } from '~/api/query';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { ErrorState } from '~/components/ErrorState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { TextInput } from '~/components/TextInput';
import { useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { showToast } from '~/lib/toast';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { mailFilters, type Notice, useNotices } from './api';
import { messages } from './messages';
import { NoticePreview } from './NoticePreview';
import { NoticeTable } from './NoticeTable';

/** The outbox: what is said to whom, in which language, and whether it arrived. */
export default function MailPage() {
  const t = useMessages(messages);
  const { filters, set, changed, clear } = useQueryFilters(mailFilters);
  const query = useNotices(useSettled(filters));
  const [shown, setShown] = useState<Notice>();
  const [error, setError] = useState<unknown>();
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const counts = pages[0]?.counts ?? [];
  const total = counts
    .filter((each) => !filters.state || each.state === filters.state)
    .reduce((sum, each) => sum + each.count, 0);
  const count = pages.length > 0 ? t('mail.count', { n: total }) : '';

  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);

  const act = async (notice: Notice, deed: 'retry' | 'cancel') => {
    setError(undefined);
    try {
      await ok(api.POST(`/admin/notices/{id}/${deed}`, { params: { path: { id: notice.id } } }));
      showToast(t(`mail.${deed}.done`));
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: ['notices'] });
  };

  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page title={t('mail.title')} lead={<p>{t('mail.lead')}</p>}>
          <search aria-label={t('filters')} class="filters">
            <div class="filter-wide">
              <TextInput
                name="q"
                type="search"
                label={t('mail.search')}
                bare
                autocomplete="off"
                value={filters.q}
                onValue={(value) => set('q', value)}
              />
            </div>
            <Select
              name="state"
              label={t('state')}
              bare
              value={filters.state}
              onValue={(value) => set('state', value)}
              empty={t('state.all')}
              options={counts.map((each) => ({
                value: each.state,
                label: t('option', { name: t(`notice.${each.state}`), n: each.count }),
              }))}
            />
          </search>
          {error ? <ErrorState error={error} onRetry={() => setError(undefined)} /> : null}
          {items.length === 0 ? (
            <EmptyState
              title={t(changed ? 'mail.empty.filtered' : 'mail.empty')}
              action={changed ? <Button onClick={clear}>{t('clear')}</Button> : undefined}
            >
              <p>{t(changed ? 'mail.empty.filtered.text' : 'mail.empty.text')}</p>
            </EmptyState>
          ) : (
            <>
              <p class="muted">{count}</p>
              <NoticeTable notices={items} onPreview={setShown} onAct={act} />
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </>
          )}
          <NoticePreview notice={shown} onClose={() => setShown(undefined)} />
        </Page>
      )}
    </QueryView>
  );
}
