import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { When } from '~/components/When';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { type ContestItem, defaultFilters, states, useContests } from './api';
import { messages } from './messages';

/** Every contest and rehearsal, for admins. */
export default function ContestsPage() {
  const t = useMessages(messages);
  const { filters, set, changed, clear } = useQueryFilters(defaultFilters);
  const query = useContests(useSettled(filters));
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const count = pages[0] ? t('count', { n: pages[0].total }) : '';
  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);
  const make = (
    <LinkButton href="/admin/contests/new" kind="primary">
      {t('new')}
    </LinkButton>
  );
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {() => (
        <Page title={t('title')} lead={<p>{t('lead')}</p>}>
          <p class="actions">{make}</p>
          <search aria-label={t('filters')} class="filters">
            <div class="filter-wide">
              <TextInput
                name="q"
                type="search"
                label={t('search')}
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
              options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
            />
            <Select
              name="kind"
              label={t('kind')}
              bare
              value={filters.kind}
              onValue={(value) => set('kind', value)}
              empty={t('kind.all')}
              options={(['real', 'rehearsal'] as const).map((value) => ({
                value,
                label: t(`kind.${value}`),
              }))}
            />
            <Select
              name="sort"
              label={t('sort')}
              bare
              value={filters.sort}
              onValue={(value) => set('sort', value)}
              options={(['opening', 'title'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
            />
          </search>
          {items.length === 0 ? (
            <EmptyState
              title={t(changed ? 'none' : 'empty')}
              action={changed ? <Button onClick={clear}>{t('clear')}</Button> : make}
            >
              <p>{t(changed ? 'none.text' : 'empty.text')}</p>
            </EmptyState>
          ) : (
            <>
              <p class="muted">{count}</p>
              <Rows label={t('title')}>
                {items.map((item) => (
                  <ContestRow key={item.id} item={item} />
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

function ContestRow({ item }: { item: ContestItem }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const title = textIn(item.title, language);
  return (
    <Row
      href={`/admin/contests/${item.id}`}
      title={title.text}
      titleLang={title.lang === language ? undefined : title.lang}
      above={
        <>
          <Tag tone={item.state === 'open' ? 'success' : undefined}>{t(`state.${item.state}`)}</Tag>
          {item.rehearsal ? <Tag tone="warning">{t('rehearsal')}</Tag> : null}
        </>
      }
      facts={[
        { name: t('row.opens'), value: <When at={item.dates.opensAt} zone={item.timeZone} short /> },
        { name: t('row.closes'), value: <When at={item.dates.closesAt} zone={item.timeZone} short /> },
        {
          name: t('row.challenges'),
          value: t('challenges', {
            published: number(item.published, language),
            n: number(item.challenges, language),
          }),
        },
        { name: t('row.entries'), value: number(item.entries, language) },
      ]}
    />
  );
}

/** The way back to the list. */
export function Back() {
  const t = useMessages(messages);
  return <Link href="/admin/contests">{t('back')}</Link>;
}
