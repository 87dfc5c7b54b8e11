import { QueryView } from '~/components/QueryView';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import { useMade } from './api';
import { messages } from './messages';

/** The assignments that were made, each with the seed that decided between equals. */
export function History({ id, zone }: { id: string; zone: string }) {
  const t = useMessages(messages);
  return (
    <QueryView query={useMade(id)}>
      {({ items }) => (
        <div class="stack">
          <p class="prose">{t('made.text')}</p>
          {items.length === 0 ? (
            <p>{t('made.none')}</p>
          ) : (
            <Table
              caption={t('made')}
              hideCaption
              rows={items}
              rowKey={(each) => each.madeAt}
              columns={[
                {
                  key: 'at',
                  title: t('made.at'),
                  heading: true,
                  cell: (each) => <When at={each.madeAt} zone={zone} short />,
                },
                {
                  key: 'mode',
                  title: t('mode'),
                  cell: (each) => (each.mode === 'all' ? t('all') : t('made.k', { n: each.k })),
                },
                { key: 'added', title: t('made.added'), numeric: true, cell: (each) => each.added },
                { key: 'removed', title: t('made.removed'), numeric: true, cell: (each) => each.removed },
                {
                  key: 'seed',
                  title: t('made.seed'),
                  cell: (each) => <code class="assign-seed">{each.seed}</code>,
                },
              ]}
            />
          )}
        </div>
      )}
    </QueryView>
  );
}
