import { useQuery } from '@tanstack/preact-query';
import { api, ok } from '~/api/client';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Row, Rows } from '~/components/Rows';
import { Select } from '~/components/Select';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { type Language, languages } from '~/i18n/languages';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useQueryFilters } from '~/lib/use-query-filters';
import { messages } from './messages';

/** What waits for translation, closing soonest first. */
export default function TranslationsPage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const { filters, set } = useQueryFilters({ target: '' });
  const target = (filters.target || undefined) as Language | undefined;
  const query = useQuery({
    queryKey: ['managed', 'translations', target],
    queryFn: () => ok(api.GET('/manage/translations', { params: { query: { target } } })),
  });
  return (
    <QueryView query={query} page>
      {({ items }) => (
        <Page title={t('translations.title')} lead={<p>{t('translations.lead')}</p>}>
          <div class="filters">
            <Select
              name="target"
              label={t('translations.target')}
              bare
              value={filters.target}
              onValue={(value) => set('target', value)}
              empty={t('translations.target.all')}
              options={languages.map((value) => ({ value, label: t(`lang.${value}`) }))}
            />
          </div>
          {items.length === 0 ? (
            <EmptyState title={t('translations.none')}>
              <p>{t('translations.none.text')}</p>
            </EmptyState>
          ) : (
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
          )}
        </Page>
      )}
    </QueryView>
  );
}
