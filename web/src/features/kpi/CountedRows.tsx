import { EmptyState } from '~/components/EmptyState';
import { Select } from '~/components/Select';
import { ShowMore } from '~/components/ShowMore';
import { Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { CountedRow, Detail, Verdict } from './api';
import { messages } from './messages';

type Props = {
  verdicts: Detail['verdicts'];
  verdict: Verdict | '';
  onVerdict: (verdict: string) => void;
  rows: CountedRow[];
  more: boolean;
  loading: boolean;
  onMore: () => void;
  zone: string;
};

/** The entries behind the number, and those that do not count with the reason. */
export function CountedRows({ verdicts, verdict, onVerdict, rows, more, loading, onMore, zone }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  if (verdicts.length === 0) {
    return (
      <EmptyState level={3} title={t('rows.empty')}>
        <p>{t('rows.empty.text')}</p>
      </EmptyState>
    );
  }
  return (
    <div class="stack">
      <div class="filters">
        <Select
          name="verdict"
          label={t('rows.filter')}
          bare
          value={verdict}
          onValue={onVerdict}
          empty={t('rows.all', { n: verdicts.reduce((sum, each) => sum + each.count, 0) })}
          options={verdicts.map((each) => ({
            value: each.verdict,
            label: t('rows.option', { name: t(`verdict.${each.verdict}`), n: each.count }),
          }))}
        />
      </div>
      <Table
        caption={t('rows.title')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.entryId}
        columns={[
          {
            key: 'team',
            title: t('team'),
            heading: true,
            cell: (row) => row.team ?? <span class="muted">{t('team.sealed')}</span>,
          },
          {
            key: 'verdict',
            title: t('counted'),
            cell: (row) => (
              <Tag tone={row.verdict === 'counted' ? 'success' : undefined}>
                {t(`verdict.${row.verdict}`)}
              </Tag>
            ),
          },
          { key: 'kind', title: t('kind'), cell: (row) => t(`kind.${row.kind}`) },
          { key: 'country', title: t('country'), cell: (row) => countryName(row.country, language) },
          { key: 'reference', title: t('reference'), cell: (row) => row.reference },
          {
            key: 'challenge',
            title: t('challenge'),
            cell: (row) => {
              const title = textIn(row.challengeTitle, language);
              return <span lang={title.lang}>{title.text}</span>;
            },
          },
          {
            key: 'submitted',
            title: t('submitted'),
            cell: (row) => (row.submittedAt ? <When at={row.submittedAt} zone={zone} short /> : t('none')),
          },
        ]}
      />
      <ShowMore more={more} loading={loading} onMore={onMore} />
    </div>
  );
}
