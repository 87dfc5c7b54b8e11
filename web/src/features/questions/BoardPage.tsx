import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { useMe } from '~/app/use-me';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { TextInput } from '~/components/TextInput';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { AskForm } from './AskForm';
import { type Board, type Question, useBoard, useMine } from './api';
import { Item } from './Item';
import { messages } from './messages';
import './questions.css';

/** Questions on a challenge and their public answers; one's own; asking. */
export default function BoardPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const slug = params.slug ?? '';
  const { filters, set, changed, clear } = useQueryFilters({ q: '' });
  const query = useBoard(slug, language, useSettled(filters).q);
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  const items = pages.flatMap((page) => page.items);
  const count = first ? t('board.count', { n: first.total }) : '';
  const me = useMe();
  useEffect(() => {
    if (changed && count) announce(count);
  }, [changed, count]);
  return (
    <QueryView query={{ ...query, data: first }} page>
      {(board) => (
        <Page
          middle
          title={t('board.title')}
          above={
            <Link
              href={`/challenges/${slug}`}
              lang={board.title.lang === language ? undefined : board.title.lang}
            >
              {board.title.text}
            </Link>
          }
          lead={<p>{t('board.lead')}</p>}
        >
          {board.total > 0 || changed ? <Search q={filters.q} set={set} count={count} /> : null}
          <Found items={items} changed={changed} clear={clear} />
          <ShowMore
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
          {me ? <Mine slug={slug} /> : null}
          <section class="section" aria-labelledby="ask">
            <h2 id="ask">{t('ask.title')}</h2>
            <Ask slug={slug} board={board} signedIn={me !== undefined && me !== null} />
          </section>
        </Page>
      )}
    </QueryView>
  );
}

function Found({ items, changed, clear }: { items: Question[]; changed: boolean; clear: () => void }) {
  const t = useMessages(messages);
  if (items.length > 0) {
    return (
      <ul class="questions">
        {items.map((question) => (
          <Item key={question.id} question={question} level={2} />
        ))}
      </ul>
    );
  }
  if (!changed) {
    return (
      <EmptyState title={t('board.empty')}>
        <p>{t('board.empty.text')}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('board.none')}
      action={
        <Button kind="outline" onClick={clear}>
          {t('board.clear')}
        </Button>
      }
    />
  );
}

function Search({ q, set, count }: { q: string; set: (name: 'q', value: string) => void; count: string }) {
  const t = useMessages(messages);
  return (
    <>
      <search aria-label={t('board.search')} class="filters">
        <div class="filter-wide">
          <TextInput
            name="q"
            type="search"
            label={t('board.search')}
            bare
            autocomplete="off"
            value={q}
            onValue={(value) => set('q', value)}
          />
        </div>
      </search>
      <p class="muted">{count}</p>
    </>
  );
}

function Ask({ slug, board, signedIn }: { slug: string; board: Board; signedIn: boolean }) {
  const t = useMessages(messages);
  if (!board.open) return <Notice title={t('ask.closed')} />;
  if (signedIn) return <AskForm slug={slug} closesAt={board.closesAt} zone={board.timeZone} />;
  return (
    <>
      <p>{t('ask.signIn')}</p>
      <p class="actions">
        <LinkButton href="/sign-in" kind="primary">
          {t('ask.signIn.go')}
        </LinkButton>
      </p>
    </>
  );
}

function Mine({ slug }: { slug: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const items = useMine(slug, language, true).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section class="section" aria-labelledby="mine">
      <h2 id="mine">{t('mine.title')}</h2>
      <ul class="questions">
        {items.map((question) => (
          <Item key={question.id} question={question} own />
        ))}
      </ul>
    </section>
  );
}
