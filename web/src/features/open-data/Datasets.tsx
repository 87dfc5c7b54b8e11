import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Dataset } from './api';
import { messages } from './messages';

/** Each table with its two files and what its columns hold. */
export function Datasets({ datasets }: { datasets: Dataset[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <div class="stack">
      {datasets.map((dataset) => {
        const title = textIn(dataset.title, language).text;
        return (
          <article key={dataset.key} class="panel stack" aria-labelledby={`data-${dataset.key}`}>
            <div>
              <h3 id={`data-${dataset.key}`}>{title}</h3>
              <p>{textIn(dataset.about, language).text}</p>
              <p class="muted small">{t('tables.rows', { n: dataset.rows })}</p>
            </div>
            <ul class="open-data-links">
              <li>
                <a href={dataset.csvUrl} download>
                  {t('tables.csv', { title })}
                </a>
              </li>
              <li>
                <a href={dataset.jsonUrl}>{t('tables.json', { title })}</a>
              </li>
            </ul>
            <Disclosure summary={t('tables.columns', { n: dataset.columns.length })}>
              <Table
                caption={t('tables.columnsOf', { title })}
                hideCaption
                columns={[
                  {
                    key: 'name',
                    title: t('column.name'),
                    heading: true,
                    cell: (row) => <code>{row.name}</code>,
                  },
                  { key: 'about', title: t('column.about'), cell: (row) => textIn(row.about, language).text },
                ]}
                rows={dataset.columns}
                rowKey={(row) => row.name}
              />
            </Disclosure>
          </article>
        );
      })}
    </div>
  );
}
