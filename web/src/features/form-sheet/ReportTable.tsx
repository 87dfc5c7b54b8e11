import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Report, Row } from './file';
import { messages } from './messages';

const tones = { same: undefined, changed: 'info', sent: 'success', refused: 'danger' } as const;

/** What came, or would come, of each row of a form. */
export function ReportTable({ report }: { report: Report }) {
  const t = useMessages(messages);
  const count = (outcome: Row['outcome']) => report.rows.filter((row) => row.outcome === outcome).length;
  return (
    <>
      <p>
        {t(report.applied ? 'counts.done' : 'counts', {
          saved: count('changed') + count('sent'),
          same: count('same'),
          refused: count('refused'),
        })}
      </p>
      <Table
        caption={t('rows')}
        rows={report.rows}
        rowKey={(row) => String(row.row)}
        columns={[
          {
            key: 'entry',
            title: t('entry'),
            heading: true,
            cell: (row) => row.reference || t('row', { n: row.row }),
          },
          {
            key: 'outcome',
            title: t('outcome'),
            cell: (row) => (
              <Tag tone={tones[row.outcome]}>
                {t(`outcome.${row.outcome}${report.applied ? '.done' : ''}` as 'outcome.same')}
              </Tag>
            ),
          },
          { key: 'what', title: t('what'), cell: (row) => <What row={row} report={report} /> },
        ]}
      />
    </>
  );
}

function What({ row, report }: { row: Row; report: Report }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const name = (field: string) => {
    if (field === 'toTeam' || field === 'toJury') return t(field);
    const criterion = report.criteria.find((each) => each.id === field);
    return criterion ? textIn(criterion.name, language).text : '';
  };
  const say = (value: string) => (value === 'skip' ? t('skip') : value);
  if (row.faults.length > 0) {
    return (
      <ul>
        {row.faults.map((each) => (
          <li key={each.field + each.code}>
            {each.field ? `${name(each.field)}: ` : ''}
            {t(`fault.${each.code}`)} {each.text ? <span class="muted">({each.text})</span> : null}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul>
      {row.changes.map((each) => (
        <li key={each.field}>
          {name(each.field)}
          {each.field.startsWith('to') ? null : (
            <>
              {': '}
              {each.before ? (
                <>
                  <del>{say(each.before)}</del> <span aria-hidden="true">→</span>{' '}
                </>
              ) : null}
              <ins>{say(each.after)}</ins>
            </>
          )}
        </li>
      ))}
      {row.incomplete ? <li class="muted">{t('incomplete')}</li> : null}
    </ul>
  );
}
