import { CityMark } from '~/components/CityMark';
import { EmptyState } from '~/components/EmptyState';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Progress } from './api';
import { messages } from './messages';

/** Who judges and how many each one has left. */
export function Jurors({ progress }: { progress: Progress }) {
  const t = useMessages(messages);
  if (progress.jurors.length === 0) {
    return (
      <EmptyState level={2} title={t('jurors.none')}>
        <p>{t('jurors.none.text')}</p>
      </EmptyState>
    );
  }
  return (
    <Table
      caption={t('jurors.caption')}
      rows={progress.jurors}
      rowKey={(each) => each.seatId}
      columns={[
        {
          key: 'name',
          title: t('name'),
          heading: true,
          cell: (each) => (
            <span class="marks">
              {each.name || t('name.gone')}
              {each.chair ? <Tag>{t('chair')}</Tag> : null}
              {each.city ? <CityMark city={each.city} /> : null}
            </span>
          ),
        },
        {
          key: 'declared',
          title: t('conflicts'),
          cell: (each) =>
            each.declared
              ? t('conflicts.n', { n: each.conflicts })
              : each.juror || each.assigned > 0
                ? t('conflicts.pending')
                : '–',
        },
        { key: 'assigned', title: t('assigned'), numeric: true, cell: (each) => each.assigned },
        { key: 'submitted', title: t('submitted'), numeric: true, cell: (each) => each.submitted },
        { key: 'left', title: t('left'), numeric: true, cell: (each) => each.assigned - each.submitted },
        {
          key: 'last',
          title: t('lastSaved'),
          cell: (each) => (each.lastSavedAt ? <When at={each.lastSavedAt} short /> : '–'),
        },
      ]}
    />
  );
}
