import { useEffect } from 'preact/hooks';
import { Button } from '~/components/Button';
import { CityMark } from '~/components/CityMark';
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
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import { defaultFilters, type ManagedItem, sorts, states, useContests, useManagedList } from './api';
import { messages } from './messages';
import { StateTag } from './StateTag';

/** The challenges one writes, approves, translates and follows. */
export default function ListPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const { filters, set, changed, clear } = useQueryFilters(defaultFilters);
  const query = useManagedList(useSettled(filters), language);
  const contests = useContests().data?.items ?? [];
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  const items = pages.flatMap((page) => page.items);
  const count = first ? t('list.count', { n: first.total }) : '';

  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);

  return (
    <QueryView query={{ ...query, data: first }} page>
      {({ allowedActions }) => {
        const start = allowedActions.includes('challenge.create') ? (
          <LinkButton href="/manage/challenges/new" kind="primary">
            {t('list.new')}
          </LinkButton>
        ) : null;
        return (
          <Page title={t('list.title')} lead={<p>{t('list.lead')}</p>}>
            <p class="actions">
              {start}
              <Elsewhere contacts={start !== null} />
            </p>
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
                name="state"
                label={t('list.state')}
                bare
                value={filters.state}
                onValue={(value) => set('state', value)}
                empty={t('list.state.all')}
                options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
              />
              {contests.length > 1 ? (
                <Select
                  name="contest"
                  label={t('list.contest')}
                  bare
                  value={filters.contest}
                  onValue={(value) => set('contest', value)}
                  empty={t('list.contest.all')}
                  options={contests.map((each) => ({
                    value: each.id,
                    label: textIn(each.title, language).text,
                  }))}
                />
              ) : null}
              <Select
                name="sort"
                label={t('list.sort')}
                bare
                value={filters.sort}
                onValue={(value) => set('sort', value)}
                options={sorts.map((value) => ({ value, label: t(`list.sort.${value}`) }))}
              />
            </search>
            {items.length === 0 ? (
              <EmptyState
                title={t(changed ? 'list.none' : 'list.empty')}
                action={changed ? <Button onClick={clear}>{t('list.clear')}</Button> : start}
              >
                <p>{t(changed ? 'list.none.text' : 'list.empty.text')}</p>
              </EmptyState>
            ) : (
              <>
                <p class="muted">{count}</p>
                <Rows label={t('list.title')}>
                  {items.map((item) => (
                    <ManagedRow key={item.id} item={item} />
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
        );
      }}
    </QueryView>
  );
}

/** Ways to other lists. */
function Elsewhere({ contacts }: { contacts: boolean }) {
  const t = useMessages(messages);
  const lists = { '/manage/translations': 'list.translations', '/admin/cities': 'list.cities' } as const;
  const all = Object.entries(contacts ? { ...lists, '/manage/contacts': 'list.contacts' as const } : lists);
  return (
    <>
      {all.map(([href, text]) => (
        <LinkButton key={href} href={href} kind="outline">
          {t(text)}
        </LinkButton>
      ))}
    </>
  );
}

// Nobody has anything to do then.
const waits = new Set(['wait_opening', 'wait_deadline', 'judge', 'done']);

function ManagedRow({ item }: { item: ManagedItem }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const list = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' });
  const lead = item.cities[0];
  return (
    <Row
      href={`/manage/challenges/${item.id}`}
      title={item.title || t('untitled')}
      titleLang={item.title && item.lang !== language ? item.lang : undefined}
      above={
        <>
          {item.cities.map((city) => (
            <CityMark key={city.id} city={city} />
          ))}
          <StateTag state={item.state} />
          {item.sample ? <Tag>{t('sample')}</Tag> : null}
        </>
      }
      facts={[
        { name: t(waits.has(item.next) ? 'row.now' : 'row.next'), value: t(`next.${item.next}`) },
        { name: t('row.deadline'), value: <When at={item.closesAt} zone={lead?.timeZone} short /> },
      ]}
    >
      {item.pending.length > 0 ? (
        <p class="small muted">
          {t('row.pending', { languages: list.format(item.pending.map((lang) => t(`lang.${lang}`))) })}
        </p>
      ) : null}
    </Row>
  );
}
