import { Link } from 'wouter-preact';
import { Table } from '~/components/Table';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Queue } from './api';
import { messages } from './messages';
import { oneDecimal, sheetOf } from './total';

/** The juror's own scores, to stay even-handed from the first entry to the last. */
export function OwnScores({ queue, current }: { queue: Queue; current: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="sheet">
      <Table
        caption={t('own.caption')}
        narrow="scroll"
        rows={queue.items}
        rowKey={(item) => item.assignmentId}
        columns={[
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (item) =>
              item.assignmentId === current ? (
                <span class="nowrap">{item.reference}</span>
              ) : (
                <Link href={`/jury/${item.assignmentId}`} class="nowrap">
                  {item.reference}
                </Link>
              ),
          },
          ...queue.criteria.map((each) => ({
            key: each.id,
            title: textIn(each.name, language, queue.language).text,
            numeric: true,
            cell: (item: Queue['items'][number]) => sheetOf(item.scores)[each.id] ?? '–',
          })),
          {
            key: 'total',
            title: t('total'),
            numeric: true,
            cell: (item) => (item.total === undefined ? '–' : oneDecimal(item.total, language)),
          },
          {
            key: 'state',
            title: t('state'),
            cell: (item) => t(`review.${item.state}`),
          },
        ]}
      />
    </div>
  );
}
