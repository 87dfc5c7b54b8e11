import { useInfiniteQuery } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { api, ok } from '~/api/client';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { type Language, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { messages } from './messages';

const unfiltered = { q: '', target: '' };

/** What waits for translation, closing soonest first. */
export default function TranslationsPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const { filters, set, changed, clear } = useQueryFilters(unfiltered);
  const query = usePending(useSettled(filters));
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const count = pages[0] ? t('translations.count', { n: pages[0].total }) : '';
  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page title={t('translations.title')} lead={<p>{t('translations.lead')}</p>}>
          <search aria-label={t('list.filters')} class="filters">
            <div class="filter-wide">
              <TextInput
                name="q"
                type="search"
                label={t('list.search')}
                bare
                autocomplete="off"
                value={filters.q}
                onValue={(value) => set('q', value)}
              />
            </div>
            <Select
              name="target"
              label={t('translations.target')}
              bare
              value={filters.target}
              onValue={(value) => set('target', value)}
              empty={t('translations.target.all')}
              options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
            />
          </search>
          {items.length === 0 ? (
            <EmptyState
              title={t(changed ? 'list.none' : 'translations.none')}
              action={changed ? <Button onClick={clear}>{t('list.clear')}</Button> : undefined}
            >
              <p>{t(changed ? 'translations.unfit' : 'translations.none.text')}</p>
            </EmptyState>
          ) : (
            <>
              <p class="muted">{count}</p>
              <Rows label={t('translations.title')}>
                {items.map((item) => (
                  <Row
                    key={`${item.challengeId}-${item.target}`}
                    href={`/manage/challenges/${item.challengeId}/text?lang=${item.target}`}
                    title={item.title}
                    titleLang={item.lang === language ? undefined : item.lang}
                    above={
                      <Tag tone={item.state === 'stale' ? 'warning' : undefined}>
                        {t(item.state === 'stale' ? 'part.stale' : 'part.pending')}
                      </Tag>
                    }
                    facts={[
                      { name: t('translations.target'), value: t(`lang.${item.target}`) },
                      { name: t('row.deadline'), value: <When at={item.closesAt} short /> },
                    ]}
                  >
                    <p class="small muted">{t('translations.from', { language: t(`lang.${item.lang}`) })}</p>
                  </Row>
                ))}
              </Rows>
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

function usePending(filters: typeof unfiltered) {
  const query = {
    q: filters.q.trim() || undefined,
    target: (filters.target || undefined) as Language | undefined,
  };
  return useInfiniteQuery({
    queryKey: ['managed', 'translations', query],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/manage/translations', { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}
