import { Link } from 'wouter-preact';
import { type Column, Table } from '~/components/Table';
import { Tag } from '~/components/Tag';
import { When } from '~/components/When';
import { countryName } from '~/i18n/country';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Item, Overview } from './api';
import { messages } from './messages';
import { tones } from './tones';

type Props = {
  challenge: string;
  reasons: Overview['reasons'];
  items: Item[];
  /** Ids that are ticked; absent where nothing can be done. */
  chosen?: string[];
  onChosen: (chosen: string[]) => void;
};

/** The submitted entries, one a row, each with a box to tick. */
export function EntryTable({ challenge, reasons, items, chosen, onChosen }: Props) {
  const t = useMessages(messages);
  const language = useLanguage();
  const toggle = (id: string, on: boolean) =>
    onChosen(on ? [...(chosen ?? []), id] : (chosen ?? []).filter((each) => each !== id));
  const box: Column<Item> = {
    key: 'box',
    title: t('select'),
    cell: (row) => (
      <span class="choice screening-box">
        <input
          type="checkbox"
          id={`select-${row.id}`}
          checked={chosen?.includes(row.id) ?? false}
          onChange={(event) => toggle(row.id, event.currentTarget.checked)}
        />
        <label for={`select-${row.id}`}>
          <span class="visually-hidden">{t('select.one', { reference: row.reference })}</span>
        </label>
      </span>
    ),
  };
  const named = (keys: string[]) =>
    reasons.filter((each) => keys.includes(each.key)).map((each) => textIn(each.label, language).text);
  return (
    <Table
      caption={t('list')}
      rows={items}
      rowKey={(row) => row.id}
      columns={[
        ...(chosen ? [box] : []),
        {
          key: 'reference',
          title: t('reference'),
          heading: true,
          cell: (row) => (
            <Link href={`/manage/challenges/${challenge}/entries/${row.id}`}>{row.reference}</Link>
          ),
        },
        {
          key: 'team',
          title: t('team'),
          cell: (row) => (
            <>
              <bdi>{row.team.name}</bdi>
              <br />
              <span class="small muted">
                {t(`kind.${row.team.kind}`)} · {countryName(row.team.country, language)}
              </span>
            </>
          ),
        },
        {
          key: 'name',
          title: t('name'),
          cell: (row) => <bdi lang={row.language === language ? undefined : row.language}>{row.title}</bdi>,
        },
        { key: 'at', title: t('at'), cell: (row) => <When at={row.submittedAt} short /> },
        {
          key: 'screening',
          title: t('screening'),
          cell: (row) => (
            <>
              <Tag tone={tones[row.screening]}>{t(`state.${row.screening}`)}</Tag>
              {row.screening === 'failed' ? (
                <span class="small muted screening-why">
                  {named(row.reasons).join(' · ')}
                  {row.told ? ` · ${t('told')}` : ''}
                </span>
              ) : null}
              {row.screening === 'correcting' && row.correctionUntil ? (
                <span class="small muted screening-why">
                  {t('until')} <When at={row.correctionUntil} short />
                </span>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
