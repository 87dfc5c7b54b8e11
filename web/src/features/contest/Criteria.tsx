import { Disclosure } from '~/components/Disclosure';
import { LangText } from '~/components/LangText';
import { Later } from '~/components/Later';
import { Table } from '~/components/Table';
import { messages as calibrationRound } from '~/features/calibration-round/messages';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { ChallengeDetail } from './api';
import { messages } from './messages';

type Criterion = ChallengeDetail['criteria'][number];

/** The rubric: criteria with weights, and under them what each score means. */
export function Criteria({ criteria, calibration }: { criteria: Criterion[]; calibration?: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  return (
    <section class="section" aria-labelledby="criteria">
      <h2 id="criteria">{t('challenge.criteria')}</h2>
      <Table
        caption={t('challenge.criteria.caption')}
        rows={criteria}
        rowKey={(row) => row.key}
        columns={[
          {
            key: 'name',
            title: t('challenge.criterion'),
            heading: true,
            cell: (row) => <LangText {...row.name} />,
          },
          {
            key: 'look',
            title: t('challenge.look'),
            cell: (row) => (
              <>
                <LangText {...row.description} />
                {row.mayNotApply ? <p class="small muted">{t('challenge.skip')}</p> : null}
              </>
            ),
          },
          {
            key: 'weight',
            title: t('challenge.weight'),
            numeric: true,
            cell: (row) => number(row.weight / 100, language, { style: 'percent' }),
          },
        ]}
      />
      {calibration ? (
        <Later
          load={() => import('~/features/calibration-round/Said')}
          messages={[calibrationRound]}
          props={{}}
        />
      ) : null}
      <Disclosure summary={t('challenge.anchors')}>
        <div class="stack">
          {criteria.map((criterion) => (
            <Anchors key={criterion.key} criterion={criterion} />
          ))}
        </div>
      </Disclosure>
    </section>
  );
}

function Anchors({ criterion }: { criterion: Criterion }) {
  const t = useMessages(messages);
  return (
    <Table
      caption={t('challenge.anchors.caption', { criterion: criterion.name.text })}
      rows={criterion.anchors.map((text, at) => ({ score: criterion.lowest + at, text }))}
      rowKey={(row) => String(row.score)}
      columns={[
        { key: 'score', title: t('challenge.score'), heading: true, cell: (row) => row.score },
        { key: 'text', title: t('challenge.meaning'), cell: (row) => <LangText {...row.text} /> },
      ]}
    />
  );
}
