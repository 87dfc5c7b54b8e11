import { useEffect } from 'preact/hooks';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { logFilters, useLog } from './api';
import { LogFilters } from './LogFilters';
import { LogTable } from './LogTable';
import { messages } from './messages';

/** Who opened which entry, file, review or ranking, for admins. */
export default function LogPage() {
  const t = useMessages(messages);
  const { filters, set, changed, clear } = useQueryFilters(logFilters);
  const query = useLog(useSettled(filters));
  const pages = query.data?.pages ?? [];
  const looks = pages.flatMap((page) => page.items);
  const count = pages.length > 0 ? t(query.hasNextPage ? 'log.more' : 'log.count', { n: looks.length }) : '';

  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);

  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page title={t('log.title')} lead={<p>{t('log.lead')}</p>}>
          <LogFilters filters={filters} set={set} />
          {looks.length === 0 ? (
            <EmptyState
              title={t(changed ? 'log.empty.filtered' : 'log.empty')}
              action={changed ? <Button onClick={clear}>{t('clear')}</Button> : undefined}
            >
              <p>{t(changed ? 'log.empty.filtered.text' : 'log.empty.text')}</p>
            </EmptyState>
          ) : (
            <>
              <p class="muted">{count}</p>
              <LogTable looks={looks} />
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
