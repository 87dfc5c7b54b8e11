import { Link } from 'wouter-preact';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { useMessages } from '~/i18n/use-messages';
import type { Look } from './api';
import { messages } from './messages';

/** One line a reader, thing and hour. */
export function LogTable({ looks }: { looks: Look[] }) {
  const t = useMessages(messages);
  return (
    <Table
      caption={t('log.title')}
      hideCaption
      rows={looks}
      rowKey={(look) =>
        `${look.personId} ${look.entryId} ${look.kind} ${look.file} ${look.role} ${look.firstAt}`
      }
      columns={[
        {
          key: 'person',
          title: t('person'),
          heading: true,
          cell: (look) => (
            <>
              <bdi>{look.name}</bdi>
              <div class="small muted">{t(`role.${look.role}`)}</div>
            </>
          ),
        },
        {
          key: 'reference',
          title: t('entry'),
          cell: (look) => (
            <Link href={`/manage/challenges/${look.challengeId}/entries/${look.entryId}`}>
              {look.reference}
            </Link>
          ),
        },
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
        { key: 'first', title: t('first'), cell: (look) => <When at={look.firstAt} short /> },
        {
          key: 'times',
          title: t('times'),
          cell: (look) => (
            <>
              {t('times.n', { n: look.times })}
              {look.times > 1 ? (
                <div class="small muted">
                  {t('last')}
                  <When at={look.lastAt} short />
                </div>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
