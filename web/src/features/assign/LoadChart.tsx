import { Table } from '~/components/Table';
import { useMessages } from '~/i18n/use-messages';
import type { Plan } from './api';
import { messages } from './messages';

/** Entries for each juror, now and afterwards: a table whose last column draws what the numbers say. */
export function LoadChart({ loads }: { loads: Plan['loads'] }) {
  const t = useMessages(messages);
  const most = Math.max(1, ...loads.map((each) => Math.max(each.before, each.after)));
  return (
    <Table
      caption={t('loads')}
      rows={loads}
      rowKey={(each) => each.seatId}
      columns={[
        { key: 'name', title: t('name'), heading: true, cell: (each) => each.name || t('name.gone') },
        { key: 'before', title: t('before'), numeric: true, cell: (each) => each.before },
        {
          key: 'after',
          title: t('after'),
          numeric: true,
          cell: (each) =>
            each.limit === undefined
              ? each.after
              : t('after.limit', { n: each.after, limit: Math.max(each.limit, 0) }),
        },
        {
          key: 'chart',
          title: t('chart'),
          cell: (each) => <Bar before={each.before} after={each.after} most={most} />,
        },
      ]}
    />
  );
}

/** What stays is filled, what is new hatched by its outline. The numbers stand beside it. */
function Bar({ before, after, most }: { before: number; after: number; most: number }) {
  const stays = Math.min(before, after);
  const share = (n: number) => `${(n / most) * 100}%`;
  return (
    <svg class="assign-bar" aria-hidden="true">
      <rect class="assign-bar-stays" width={share(stays)} height="100%" />
      {after > stays ? (
        <rect class="assign-bar-new" x={share(stays)} width={share(after - stays)} height="100%" />
      ) : null}
    </svg>
  );
}
