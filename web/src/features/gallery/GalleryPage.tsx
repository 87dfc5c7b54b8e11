import { useInfiniteQuery } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { api, ok } from '~/api/client';
import type { components } from '~/api/schema';
import { Button } from '~/components/Button';
import { CityMark } from '~/components/CityMark';
import { EmptyState } from '~/components/EmptyState';
import { LinkButton } from '~/components/LinkButton';
import { Markdown } from '~/components/Markdown';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { Tag } from '~/components/Tag';
import { TextInput } from '~/components/TextInput';
import { countryName } from '~/i18n/country';
import { type LocalText, textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { announce } from '~/lib/live-region';
import { useQueryFilters, useSettled } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { messages } from './messages';
import './gallery.css';

type Gallery = components['schemas']['Gallery'];
type Entry = components['schemas']['GalleryEntry'];

const all = { q: '', challenge: '', city: '' };

/** What teams agreed to show of a contest, once results are out. */
export default function GalleryPage({ params }: PageProps) {
  const slug = params.slug ?? '';
  const { filters, set, changed, clear } = useQueryFilters(all);
  const settled = useSettled(filters);
  const query = useInfiniteQuery({
    queryKey: ['gallery', slug, settled],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/contests/{slug}/gallery', {
          params: { path: { slug }, query: { ...settled, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
  return (
    <QueryView query={query} page>
      {({ pages }) => (
        <View
          first={pages[0] as Gallery}
          items={pages.flatMap((page) => page.items)}
          filters={filters}
          set={set}
          changed={changed}
          clear={clear}
        >
          <ShowMore
            more={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </View>
      )}
    </QueryView>
  );
}

type Props = Pick<ReturnType<typeof useQueryFilters<typeof all>>, 'filters' | 'set' | 'changed' | 'clear'> & {
  first: Gallery;
  items: Entry[];
  children: preact.ComponentChildren;
};

function View({ first, items, filters, set, changed, clear, children }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const contest = textIn(first.contest as LocalText, language);
  const count = t('count', { n: first.total });
  useEffect(() => {
    if (changed) announce(count);
  }, [changed, count]);
  const options = (list: Gallery['cities']) =>
    list.map((each) => ({
      value: each.slug,
      label: t('option', { name: textIn(each.name as LocalText, language).text, n: each.entries }),
    }));
  const any = first.challenges.length > 0;
  return (
    <Page
      title={t('title')}
      documentTitle={`${t('title')} · ${contest.text}`}
      above={<span lang={contest.lang === language ? undefined : contest.lang}>{contest.text}</span>}
      lead={<p>{t('lead')}</p>}
    >
      {any ? (
        <search class="filters">
          <TextInput
            name="q"
            type="search"
            label={t('q')}
            bare
            value={filters.q}
            onValue={(value) => set('q', value)}
          />
          <Select
            name="challenge"
            label={t('challenge')}
            bare
            empty={t('all')}
            value={filters.challenge}
            onValue={(value) => set('challenge', value)}
            options={options(first.challenges)}
          />
          <Select
            name="city"
            label={t('city')}
            bare
            empty={t('all')}
            value={filters.city}
            onValue={(value) => set('city', value)}
            options={options(first.cities)}
          />
        </search>
      ) : null}
      {items.length > 0 ? (
        <>
          <p class="muted">{count}</p>
          <ul class="gallery">
            {items.map((entry) => (
              <Shown key={`${entry.challenge}${entry.team}${entry.title}`} entry={entry} />
            ))}
          </ul>
          {children}
        </>
      ) : changed && any ? (
        <EmptyState title={t('empty')} action={<Button onClick={clear}>{t('clear')}</Button>}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <EmptyState
          title={t(first.released ? 'none' : 'sealed')}
          action={<LinkButton href="/challenges">{t('see')}</LinkButton>}
        >
          <p>{t(first.released ? 'none.text' : 'sealed.text')}</p>
        </EmptyState>
      )}
    </Page>
  );
}

function Shown({ entry }: { entry: Entry }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const own = entry.language === language ? undefined : entry.language;
  const challenge = textIn(entry.challengeTitle as LocalText, language);
  const testbed = entry.testbed ? textIn(entry.testbed as LocalText, language) : undefined;
  return (
    <li>
      <div class="marks">
        {entry.cities.map((city) => (
          <CityMark key={city.id} city={city} />
        ))}
        {entry.outcome ? (
          <Tag tone={entry.outcome === 'winner' ? 'success' : 'info'}>{t(entry.outcome)}</Tag>
        ) : null}
      </div>
      <h2 lang={entry.title ? own : undefined} dir="auto">
        {entry.title || entry.team}
      </h2>
      <p dir="auto">
        <strong>{entry.team}</strong>
        {entry.latinName ? <span class="muted"> {entry.latinName}</span> : null}{' '}
        <span class="muted">
          {[entry.teamCity, countryName(entry.country, language)].filter(Boolean).join(', ')}
        </span>
      </p>
      {entry.summaryHtml ? <Markdown html={entry.summaryHtml} lang={entry.language} /> : null}
      {testbed?.text ? <p>{t('trial', { name: testbed.text })}</p> : null}
      <p class="small">
        <Link
          href={`/challenges/${entry.challenge}/results`}
          lang={challenge.lang === language ? undefined : challenge.lang}
        >
          {challenge.text}
        </Link>
      </p>
    </li>
  );
}
