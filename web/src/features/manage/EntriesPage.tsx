import { useInfiniteQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { EmptyState } from '~/components/EmptyState';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { messages } from './messages';

type Schemas = components['schemas'];

/** The entries of a challenge: numbers until the deadline, the submitted ones after it. */
export default function EntriesPage({ params }: PageProps) {
  const t = useMessages(messages);
  const id = params.id ?? '';
  const query = useInfiniteQuery({
    queryKey: ['managed', id, 'entries'],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/manage/challenges/{id}/entries', {
          params: { path: { id }, query: { cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {(first) => (
        <Page
          title={t('entries.title')}
          above={<Link href={`/manage/challenges/${id}`}>{t('back')}</Link>}
          middle
        >
          <Numbers entries={first} />
          {first.sealed ? (
            <Notice>
              <p>
                {t(
                  new Date(first.serverTime) < new Date(first.closes)
                    ? 'entries.sealed'
                    : 'entries.restricted',
                )}
              </p>
            </Notice>
          ) : null}
          {!first.sealed && items.length === 0 ? (
            <EmptyState title={t('entries.none')}>
              <p>{t('entries.none.text')}</p>
            </EmptyState>
          ) : null}
          {items.length > 0 ? (
            <>
              <EntryTable items={items} />
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </>
          ) : null}
        </Page>
      )}
    </QueryView>
  );
}

function Numbers({ entries }: { entries: Schemas['ChallengeEntries'] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const { numbers } = entries;
  return (
    <>
      <dl class="facts split">
        <div>
          <dt>{t('entries.deadline')}</dt>
          <dd>
            <When at={entries.closes} />
          </dd>
        </div>
        {(['submitted', 'started', 'withdrawn'] as const).map((each) => (
          <div key={each}>
            <dt>{t(`entries.${each}`)}</dt>
            <dd>{number(numbers[each], language)}</dd>
          </div>
        ))}
      </dl>
      {numbers.byCountry.length > 0 ? (
        <Table
          caption={t('entries.countries')}
          rows={numbers.byCountry}
          rowKey={(row) => row.country}
          columns={[
            {
              key: 'country',
              title: t('entries.country'),
              heading: true,
              cell: (row) => countryName(row.country, language),
            },
            {
              key: 'number',
              title: t('entries.number'),
              numeric: true,
              cell: (row) => number(row.submitted, language),
            },
          ]}
        />
      ) : null}
    </>
  );
}

function EntryTable({ items }: { items: Schemas['ChallengeEntry'][] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <Table
      caption={t('entries.list')}
      rows={items}
      rowKey={(row) => row.id}
      columns={[
        { key: 'reference', title: t('entries.reference'), heading: true, cell: (row) => row.reference },
        { key: 'team', title: t('entries.team'), cell: (row) => row.team.name },
        {
          key: 'name',
          title: t('entries.name'),
          cell: (row) => <span lang={row.language}>{row.title}</span>,
        },
        { key: 'kind', title: t('entries.kind'), cell: (row) => t(`kind.${row.team.kind}`) },
        {
          key: 'country',
          title: t('entries.country'),
          cell: (row) => countryName(row.team.country, language),
        },
        { key: 'at', title: t('entries.at'), cell: (row) => <When at={row.submittedAt} short /> },
        {
          key: 'files',
          title: t('entries.files'),
          numeric: true,
          cell: (row) => number(row.files, language),
        },
      ]}
    />
  );
}
