import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useAcceptances } from './api';
import { messages } from './messages';

/** How many entries stand on which version; after the deadline, which. */
export function Acceptances({ id }: { id: string }) {
  const t = useMessages(messages);
  const query = useAcceptances(id);
  return (
    <section class="section" aria-labelledby="acceptances">
      <h2 id="acceptances">{t('acceptances.title')}</h2>
      <QueryView query={query}>
        {({ counts, items }) => (
          <>
            {counts.length === 0 ? (
              <p class="muted">{t('acceptances.none')}</p>
            ) : (
              <ul class="rules-counts">
                {counts.map((each) => (
                  <li key={each.version}>
                    {t('acceptances.count', { version: each.version, n: each.entries })}
                  </li>
                ))}
              </ul>
            )}
            {items === null ? <p class="small muted">{t('acceptances.sealed')}</p> : null}
            {items && items.length > 0 ? (
              <Table
                caption={t('acceptances.title')}
                hideCaption
                rows={items}
                rowKey={(row) => row.entryId}
                columns={[
                  {
                    key: 'team',
                    title: t('acceptances.team'),
                    heading: true,
                    cell: (row) => (
                      <>
                        {row.team} <span class="muted">{row.reference}</span>
                      </>
                    ),
                  },
                  {
                    key: 'sent',
                    title: t('acceptances.sent'),
                    cell: (row) => t('version.number', { n: row.submittedUnder }),
                  },
                  {
                    key: 'accepted',
                    title: t('acceptances.accepted'),
                    cell: (row) => (
                      <>
                        {t('version.number', { n: row.accepted })}
                        {row.acceptedAt ? (
                          <span class="small muted">
                            {' '}
                            <When at={row.acceptedAt} short />
                          </span>
                        ) : null}
                      </>
                    ),
                  },
                ]}
              />
            ) : null}
          </>
        )}
      </QueryView>
    </section>
  );
}
