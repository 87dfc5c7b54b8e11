import { useInfiniteQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { ShowMore } from '~/components/ShowMore';
import { When } from '~/components/When';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { messages } from './messages';

/** Challenges whose sealed entries were opened before the deadline, with the reasons. */
export function EarlyOpenings() {
  const t = useMessages(messages);
  const language = useLanguage();
  const query = useInfiniteQuery({
    queryKey: ['record', 'early-openings'],
    queryFn: ({ pageParam }) =>
      ok(api.GET('/record/early-openings', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return (
    <section class="section" aria-labelledby="record-early">
      <h2 id="record-early">{t('early')}</h2>
      <p>{t('early.text')}</p>
      <QueryView query={{ ...query, data: query.data?.pages }} loading="s">
        {(pages) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p class="muted">{t('early.none')}</p>;
          return (
            <>
              <Rows label={t('early')}>
                {items.map((item) => {
                  const title = textIn(item.title, language);
                  return (
                    <Row
                      key={item.slug}
                      level={3}
                      href={`/challenges/${item.slug}`}
                      title={title.text}
                      titleLang={title.lang === language ? undefined : title.lang}
                      above={<When at={item.at} zone={item.timeZone} />}
                      facts={[
                        {
                          name: t('early.deadline'),
                          value: <When at={item.closes} zone={item.timeZone} short />,
                          note:
                            item.leafIndex === null
                              ? undefined
                              : t('early.place', { n: number(item.leafIndex, language) }),
                        },
                      ]}
                    >
                      <p dir="auto" lang={item.language === language ? undefined : item.language}>
                        {item.reason}
                      </p>
                    </Row>
                  );
                })}
              </Rows>
              <ShowMore
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
              />
            </>
          );
        }}
      </QueryView>
    </section>
  );
}
