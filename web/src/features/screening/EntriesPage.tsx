import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { ShowMore } from '~/components/ShowMore';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { ActDialog, type Target } from './ActDialog';
import { type Act, defaultFilters, filterOf, type Overview, type Run, useScreening } from './api';
import { EntryFilters } from './EntryFilters';
import { EntryTable } from './EntryTable';
import { messages } from './messages';
import { Numbers } from './Numbers';
import { OpenEarly } from './OpenEarly';
import { RunStatus } from './RunStatus';
import { Selection } from './Selection';
import './screening.css';

/** The entries of a challenge: numbers until the deadline, then the check of each before the jury. */
export default function EntriesPage({ params }: PageProps) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = params.id ?? '';
  const { filters, set, changed, clear } = useQueryFilters(defaultFilters);
  const settled = useSettled(filters);
  const query = useScreening(id, settled);
  const pages = query.data?.pages ?? [];
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {(first) => (
        <Page
          title={t('title')}
          above={
            <>
              <Link href={`/manage/challenges/${id}`}>{t('back')}</Link>
              <span class="small muted">{textIn(first.title, language).text}</span>
            </>
          }
        >
          <Numbers overview={first} />
          <Seal overview={first} />
          {first.sealed ? null : (
            <>
              <EntryFilters overview={first} filters={filters} set={set} />
              <Checked
                overview={first}
                pages={pages}
                filters={settled}
                changed={changed}
                clear={clear}
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

/** Whether the contents are sealed, and the act that opens them early. */
function Seal({ overview }: { overview: Overview }) {
  const t = useMessages(messages);
  const before = new Date(overview.serverTime) < new Date(overview.closes);
  return (
    <>
      {overview.sealed ? (
        <Notice>
          <p>{t(before && !overview.early ? 'sealed' : 'restricted')}</p>
        </Notice>
      ) : null}
      <OpenEarly overview={overview} />
    </>
  );
}

type CheckedProps = {
  overview: Overview;
  pages: Overview[];
  filters: typeof defaultFilters;
  changed: boolean;
  clear: () => void;
  more: boolean;
  loading: boolean;
  onMore: () => void;
};

function Checked({ overview, pages, filters, changed, clear, more, loading, onMore }: CheckedProps) {
  const t = useMessages(messages);
  const items = pages.flatMap((page) => page.items);
  const [chosen, setChosen] = useState<string[]>([]);
  const [everything, setEverything] = useState(false);
  const [asking, setAsking] = useState<{ act: Act; target: Target }>();
  const [run, setRun] = useState<Run>();
  const able = overview.allowedActions.includes('entries.screen');
  const shown = chosen.filter((id) => items.some((item) => item.id === id));
  const target: Target = everything
    ? { filter: filterOf(filters), count: overview.total }
    : { entryIds: shown, count: shown.length };
  const drop = () => {
    setChosen([]);
    setEverything(false);
  };
  return (
    <>
      {run ? <RunStatus key={run.id} overview={overview} run={run} onRun={setRun} /> : null}
      {able ? (
        <Untold
          n={overview.counts.untold}
          onTell={() => setAsking({ act: 'tell', target: { filter: { screening: 'failed' }, count: 0 } })}
        />
      ) : null}
      {items.length === 0 ? (
        <NoneFound changed={changed} clear={clear} />
      ) : (
        <>
          <p class="small muted" role="status">
            {t('found', { n: overview.total })}
          </p>
          {able ? (
            <Selection
              overview={overview}
              shown={items.length}
              count={target.count}
              everything={everything}
              onEverything={() => setEverything(true)}
              onShown={() => setChosen(items.map((item) => item.id))}
              onClear={drop}
              onAct={(act) => setAsking({ act, target })}
            />
          ) : null}
          <EntryTable
            challenge={overview.challengeId}
            reasons={overview.reasons}
            items={items}
            chosen={able ? (everything ? items.map((item) => item.id) : shown) : undefined}
            onChosen={(list) => {
              setEverything(false);
              setChosen(list);
            }}
          />
          <ShowMore more={more} loading={loading} onMore={onMore} />
        </>
      )}
      {asking ? (
        <ActDialog
          {...asking}
          challenge={overview}
          onClose={() => setAsking(undefined)}
          onDone={(done) => {
            setAsking(undefined);
            setRun(done);
            drop();
          }}
        />
      ) : null}
    </>
  );
}

/** Failed entries whose teams know nothing yet. */
function Untold({ n, onTell }: { n: number; onTell: () => void }) {
  const t = useMessages(messages);
  if (n === 0) return null;
  return (
    <Notice tone="warning" title={t('untold', { n })}>
      <p>{t('untold.text')}</p>
      <p>
        <Button onClick={onTell}>{t('act.tell')}</Button>
      </p>
    </Notice>
  );
}

function NoneFound({ changed, clear }: { changed: boolean; clear: () => void }) {
  const t = useMessages(messages);
  return (
    <EmptyState
      title={t(changed ? 'none.filtered' : 'none')}
      action={changed ? <Button onClick={clear}>{t('clear')}</Button> : undefined}
    >
      <p>{t(changed ? 'none.filtered.text' : 'none.text')}</p>
    </EmptyState>
  );
}
