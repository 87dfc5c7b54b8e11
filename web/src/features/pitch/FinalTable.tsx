import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { oneDecimal } from '~/features/jury/total';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { Called } from './Appointments';
import type { Round, Row } from './api';
import { messages } from './messages';

/** Both rounds side by side, in the final order; ties are told as ties. */
export function FinalTable({ round }: { round: Round }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const said = (value: number | undefined) => (value === undefined ? '–' : oneDecimal(value, language));
  const spread = (row: Row) =>
    row.pitch === undefined
      ? t('pitch.none')
      : row.spread === undefined
        ? oneDecimal(row.pitch, language)
        : `${oneDecimal(row.pitch, language)} ± ${oneDecimal(row.spread, language)}`;
  const on = round.rows.filter((row) => row.invited);
  const behind = round.rows.filter((row) => !row.invited);
  return (
    <section class="stack" aria-labelledby="final">
      <h2 id="final">{t('final')}</h2>
      <p class="prose">
        {round.share === 100
          ? t('final.alone')
          : t('final.share', { share: round.share, rest: 100 - round.share })}
        {behind.length > 0 ? t('final.behind', { n: behind.length }) : null}
      </p>
      <Table
        caption={t('final')}
        hideCaption
        rows={on}
        rowKey={(row) => row.entryId}
        columns={[
          {
            key: 'rank',
            title: t('final.rank'),
            numeric: true,
            cell: (row) => (
              <>
                <strong>{row.finalRank}</strong>
                {row.tie ? <span class="small"> {t('tie')}</span> : null}
              </>
            ),
          },
          { key: 'entry', title: t('entry'), heading: true, cell: (row) => <Called row={row} /> },
          { key: 'first', title: t('first.total'), numeric: true, cell: (row) => said(row.first) },
          { key: 'was', title: t('first.rank'), numeric: true, cell: (row) => row.rank },
          { key: 'pitch', title: t('pitch.total'), numeric: true, cell: spread },
          {
            key: 'total',
            title: t('total'),
            numeric: true,
            cell: (row) => <strong>{said(row.total)}</strong>,
          },
        ]}
      />
      <Disclosure summary={t('totals')}>
        <ul class="pitch-notes">
          {on.map((row) => (
            <li key={row.entryId}>
              {row.reference}:{' '}
              {row.totals
                .map(
                  (each) =>
                    `${each.name ?? t('juror', { n: each.label })} ${oneDecimal(each.total, language)}${each.comment ? ` (${each.comment})` : ''}`,
                )
                .join(' · ') || t('pitch.none')}
            </li>
          ))}
        </ul>
      </Disclosure>
    </section>
  );
}
