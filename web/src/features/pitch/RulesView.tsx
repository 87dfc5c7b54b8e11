import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { Criterion } from './api';
import { messages } from './messages';

type Props = { rules: { invited: number; share: number; criteria: Criterion[] } };

/** The rules of the round in words, and what is scored in it. */
export function RulesView({ rules }: Props) {
  const t = useMessages(messages);
  const { invited, share } = rules;
  return (
    <>
      <p class="prose">
        {t('rules.invited', { n: invited })}
        {share === 100 ? t('rules.alone') : t('rules.share', { share, rest: 100 - share })}
        {t('rules.after')}
      </p>
      <CriteriaTable criteria={rules.criteria} />
    </>
  );
}

/** Criteria with weights, and on demand what each score means. */
export function CriteriaTable({ criteria }: { criteria: Criterion[] }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const words = (text: Criterion['name']) => {
    const { text: said, lang } = textIn(text, language);
    return <span lang={lang === language ? undefined : lang}>{said}</span>;
  };
  return (
    <>
      <Table
        caption={t('criteria')}
        rows={criteria}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', title: t('criterion'), heading: true, cell: (row) => words(row.name) },
          { key: 'look', title: t('look'), cell: (row) => words(row.description) },
          {
            key: 'weight',
            title: t('weight'),
            numeric: true,
            cell: (row) => number(row.weight / 100, language, { style: 'percent' }),
          },
        ]}
      />
      <Disclosure summary={t('anchors')}>
        <dl class="stack">
          {criteria.map((row) => (
            <div key={row.key}>
              <dt>{words(row.name)}</dt>
              <dd>
                <ol class="small">
                  {row.anchors.map((anchor, at) => (
                    <li key={`${row.key} ${row.lowest + at}`} value={row.lowest + at}>
                      {words(anchor)}
                    </li>
                  ))}
                </ol>
              </dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </>
  );
}
