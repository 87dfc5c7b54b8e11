import { Link } from 'wouter-preact';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { date } from '~/i18n/dates';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type EntryLook, useEntryLooks } from './api';
import { messages } from './messages';

/** Who opened one's team's entry: roles and days, once the results are out. */
export default function EntryPage({ params }: PageProps) {
  const t = useMessages(messages);
  const id = params.id ?? '';
  return (
    <QueryView query={useEntryLooks(id)} page>
      {({ items }) => (
        <Page
          title={t('team.title')}
          lead={<p>{t('team.lead')}</p>}
          above={<Link href={`/my/entries/${id}`}>{t('team.back')}</Link>}
          middle
        >
          {items.length === 0 ? (
            <EmptyState title={t('team.empty')}>
              <p>{t('team.empty.text')}</p>
            </EmptyState>
          ) : (
            <Looks looks={items} />
          )}
        </Page>
      )}
    </QueryView>
  );
}

function Looks({ looks }: { looks: EntryLook[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <Table
      caption={t('team.title')}
      hideCaption
      rows={looks}
      rowKey={(look) => `${look.day} ${look.role} ${look.kind} ${look.file}`}
      columns={[
        { key: 'role', title: t('role'), heading: true, cell: (look) => t(`role.${look.role}`) },
        {
          key: 'kind',
          title: t('kind'),
          cell: (look) => (
            <>
              {t(`kind.${look.kind}`)}
              {look.file ? (
                <div class="small muted">
                  <bdi>{look.file}</bdi>
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'day',
          title: t('day'),
          cell: (look) => <time dateTime={look.day}>{date(new Date(look.day), 'UTC', language)}</time>,
        },
        { key: 'readers', title: t('readers'), cell: (look) => t('readers.n', { n: look.readers }) },
      ]}
    />
  );
}
