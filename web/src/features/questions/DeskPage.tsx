import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { TextInput } from '~/components/TextInput';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { type Desk, deskFilters, orders, type State, states, useDesk } from './api';
import { Closing } from './Closing';
import { DeskItem } from './DeskItem';
import { messages } from './messages';
import './questions.css';

/** The officials' desk: what waits for an answer first. */
export default function DeskPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = params.id ?? '';
  const { filters, set, changed, clear } = useQueryFilters(deskFilters);
  const query = useDesk(id, useSettled(filters));
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  const items = pages.flatMap((page) => page.items);
  const said = first ? t('desk.shown', { n: items.length }) : '';
  useEffect(() => {
    if (changed && said) announce(said);
  }, [changed, said]);
  return (
    <QueryView query={{ ...query, data: first }} page>
      {(desk) => (
        <Page
          middle
          title={t('board.title')}
          above={
            <Link
              href={`/manage/challenges/${id}`}
              lang={desk.title.lang === language ? undefined : desk.title.lang}
            >
              {desk.title.text}
            </Link>
          }
          lead={<p>{t('desk.lead')}</p>}
        >
          <Closing id={id} desk={desk} />
          <search aria-label={t('desk.filters')} class="filters">
            <div class="filter-wide">
              <TextInput
                name="q"
                type="search"
                label={t('board.search')}
                bare
                autocomplete="off"
                value={filters.q}
                onValue={(value) => set('q', value)}
              />
            </div>
            <Select
              name="state"
              label={t('desk.state')}
              bare
              value={filters.state}
              onValue={(value) => set('state', value)}
              options={[
                ...states.map((value) => ({ value, label: stateLabel(value, desk) })),
                { value: 'all', label: t('state.all') },
              ]}
            />
            <Select
              name="sort"
              label={t('desk.sort')}
              bare
              value={filters.sort || (filters.state === 'unanswered' ? 'oldest' : 'newest')}
              onValue={(value) => set('sort', value)}
              options={orders.map((value) => ({ value, label: t(`desk.sort.${value}`) }))}
            />
          </search>
          {items.length === 0 ? (
            <Empty desk={desk} state={filters.state} searching={filters.q !== ''} clear={clear} />
          ) : (
            <ul class="questions">
              {items.map((question) => (
                <DeskItem key={question.id} challenge={id} question={question} desk={desk} />
              ))}
            </ul>
          )}
          <ShowMore
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </Page>
      )}
    </QueryView>
  );

  function stateLabel(state: State, desk: Desk): string {
    return t('desk.option', { state: t(`state.${state}`), n: desk.counts[state] });
  }
}

type EmptyProps = { desk: Desk; state: string; searching: boolean; clear: () => void };

/** Why there is nothing, and the one thing to do about it. */
function Empty({ desk, state, searching, clear }: EmptyProps) {
  const t = useMessages(messages);
  const { counts } = desk;
  const any = counts.unanswered + counts.answered + counts.hidden > 0;
  if (!any) {
    return (
      <EmptyState title={t('desk.empty')}>
        <p>{t(desk.published ? 'desk.empty.text' : 'desk.unpublished')}</p>
      </EmptyState>
    );
  }
  const done = state === 'unanswered' && !searching;
  return (
    <EmptyState
      title={t(done ? 'desk.done' : 'desk.none')}
      action={
        done ? (
          <LinkButton href="?state=answered" kind="outline">
            {t('desk.seeAnswered')}
          </LinkButton>
        ) : (
          <Button kind="outline" onClick={clear}>
            {t('board.clear')}
          </Button>
        )
      }
    />
  );
}
