import { useEffect } from 'preact/hooks';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { ErrorState } from '~/components/ErrorState';
import { Loading } from '~/components/Loading';
import { Rows } from '~/components/Rows';
import { ShowMore } from '~/components/ShowMore';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { defaultFilters, useChallenges } from './api';
import { ChallengeFilters } from './ChallengeFilters';
import { ChallengeRow } from './ChallengeRow';
import { messages } from './messages';

/** The list of challenges with its filters. `level` is that of the row titles. */
export function ChallengeList({ level }: { level?: 2 | 3 }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { filters, set, changed, clear } = useQueryFilters(defaultFilters);
  const query = useChallenges(useSettled(filters), language);
  const pages = query.data?.pages;
  const total = pages?.[0]?.total;
  const items = pages?.flatMap((page) => page.items) ?? [];
  const count = total === undefined ? '' : t('list.count', { n: total });

  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);

  return (
    <div class="stack">
      <ChallengeFilters filters={filters} set={set} />
      {query.isPending ? <Loading size="l" /> : null}
      {query.error && !pages ? <ErrorState error={query.error} onRetry={() => query.refetch()} /> : null}
      {pages && items.length === 0 ? (
        <EmptyState
          level={level}
          title={t(changed ? 'list.empty' : 'list.none')}
          action={changed ? <Button onClick={clear}>{t('list.empty.clear')}</Button> : undefined}
        >
          <p>{t(changed ? 'list.empty.text' : 'list.none.text')}</p>
        </EmptyState>
      ) : null}
      {items.length > 0 ? (
        <>
          <p class="muted">{count}</p>
          <Rows label={t('list.title')}>
            {items.map((item) => (
              <ChallengeRow key={item.id} item={item} level={level} />
            ))}
          </Rows>
          <ShowMore
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </>
      ) : null}
    </div>
  );
}
