import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { LateEntry, LateExtension, WaitingFile } from './api';
import { messages } from './messages';

type Props<T> = { list: T[]; zone: string };

/** Whom more time was given, until when and why. */
export function Extensions({ list, zone }: Props<LateExtension>) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (list.length === 0) return <p class="muted">{t('extension.none')}</p>;
  return (
    <Table
      caption={t('extension.title')}
      hideCaption
      rowKey={(row) => row.entryId + row.grantedAt}
      rows={list}
      columns={[
        { key: 'team', title: t('team'), heading: true, cell: (row) => <Entry {...row} /> },
        { key: 'until', title: t('until'), cell: (row) => <When at={row.until} zone={zone} /> },
        {
          key: 'reason',
          title: t('reason'),
          cell: (row) => (
            <span lang={row.language === language ? undefined : row.language}>{row.reason}</span>
          ),
        },
        {
          key: 'by',
          title: t('by'),
          cell: (row) => (
            <>
              {row.grantedBy ?? t('gone')} <When at={row.grantedAt} zone={zone} short />
            </>
          ),
        },
      ]}
    />
  );
}

/** Entries that were submitted after the deadline. */
export function SentLate({ list, zone }: Props<LateEntry>) {
  const t = useMessages(messages);
  if (list.length === 0) return <p class="muted">{t('sent.none')}</p>;
  return (
    <Table
      caption={t('sent.title')}
      hideCaption
      rowKey={(row) => row.entryId}
      rows={list}
      columns={[
        { key: 'team', title: t('team'), heading: true, cell: (row) => <Entry {...row} /> },
        { key: 'at', title: t('sent.at'), cell: (row) => <When at={row.submittedAt} zone={zone} /> },
        {
          key: 'kind',
          title: t('sent.kind'),
          cell: (row) => (
            <Tag tone="warning">{t(row.kind === 'extension' ? 'sent.extension' : 'sent.grace')}</Tag>
          ),
        },
      ]}
    />
  );
}

/** Files that entries were submitted with by their fingerprint and that are not here. */
export function WaitingFiles({ list, zone }: Props<WaitingFile>) {
  const t = useMessages(messages);
  if (list.length === 0) return <p class="muted">{t('waiting.none')}</p>;
  return (
    <Table
      caption={t('waiting.title')}
      hideCaption
      rowKey={(row) => row.entryId + row.file}
      rows={list}
      columns={[
        { key: 'team', title: t('team'), heading: true, cell: (row) => <Entry {...row} /> },
        { key: 'file', title: t('file'), cell: (row) => row.file },
        {
          key: 'state',
          title: t('state'),
          cell: (row) => (
            <Tag tone={row.state === 'uploading' ? 'warning' : 'danger'}>{t(`state.${row.state}`)}</Tag>
          ),
        },
        { key: 'until', title: t('waiting.until'), cell: (row) => <When at={row.until} zone={zone} /> },
      ]}
    />
  );
}

const Entry = ({ team, reference }: { team: string; reference: string }) => (
  <>
    {team} <span class="small muted nowrap">{reference}</span>
  </>
);
