import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { EmptyState } from '~/components/EmptyState';
import { ErrorState } from '~/components/ErrorState';
import { Notice } from '~/components/Notice';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { Select } from '~/components/Select';
import { Table } from '~/components/Table';
import { When } from '~/components/When';
import { number } from '~/i18n/format-message';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import type { PageProps } from '~/routes/route';
import { type Reach, type Step, steps, useReach } from './api';
import { Links } from './Links';
import { messages } from './messages';
import { ReachChart } from './ReachChart';
import { saveNumbers } from './save-numbers';
import './numbers.css';

/** How a challenge reaches people: numbers by day and by source, never contents. */
export default function NumbersPage({ params }: PageProps) {
  const query = useReach(params.id ?? '');
  return (
    <QueryView query={query} page>
      {(reach) => <Numbers reach={reach} />}
    </QueryView>
  );
}

function Numbers({ reach }: { reach: Reach }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [step, setStep] = useState<Step>('views');
  const columns = steps.map((each) => ({ key: each, title: t(`step.${each}`), numeric: true }));
  return (
    <Page
      middle
      title={t('title')}
      above={
        <>
          <Link href={`/manage/challenges/${reach.challengeId}`}>{t('back')}</Link>
          <span class="small muted">{textIn(reach.title, language).text}</span>
        </>
      }
      lead={<p>{t('lead')}</p>}
    >
      <dl class="numbers-funnel">
        {steps.map((each) => (
          <div key={each}>
            <dt>{t(`step.${each}`)}</dt>
            <dd>{number(reach.total[each], language)}</dd>
            <dd class="small muted">{t(`step.${each}.hint`)}</dd>
          </div>
        ))}
      </dl>
      <p class="small muted">
        {t('asOf')}
        <When at={reach.serverTime} zone={reach.timeZone} />
      </p>
      <section class="section" aria-labelledby="by-day">
        <h2 id="by-day">{t('byDay')}</h2>
        {reach.days.length === 0 ? (
          <EmptyState level={3} title={t('none')}>
            <p>{t('none.text')}</p>
          </EmptyState>
        ) : (
          <>
            <div class="numbers-step">
              <Select
                name="step"
                label={t('step')}
                bare
                value={step}
                onValue={(value) => setStep(value as Step)}
                options={steps.map((value) => ({ value, label: t(`step.${value}`) }))}
              />
            </div>
            {reach.total[step] === 0 ? (
              <p class="muted">{t('chart.none', { name: t(`step.${step}`) })}</p>
            ) : (
              <ReachChart reach={reach} step={step} />
            )}
          </>
        )}
      </section>
      <div class="section">
        <h2>{t('bySource')}</h2>
        <Table
          caption={t('bySource')}
          hideCaption
          narrow="scroll"
          rows={reach.sources}
          rowKey={(row) => row.code}
          columns={[
            {
              key: 'source',
              title: t('source'),
              heading: true,
              cell: (row) => (row.code ? <bdi>{row.label}</bdi> : t('source.none')),
            },
            ...columns.map((column) => ({
              ...column,
              cell: (row: Reach['sources'][number]) => number(row.numbers[column.key], language),
            })),
          ]}
        />
        <Export reach={reach} />
      </div>
      <Links reach={reach} />
      <Notice title={t('how')}>
        <p>{t('how.text')}</p>
      </Notice>
    </Page>
  );
}

function Export({ reach }: { reach: Reach }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await saveNumbers(reach.challengeId, language);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        <Button kind="outline" aria-busy={busy} onClick={save}>
          {t('export')}
        </Button>
      </p>
      {error ? <ErrorState error={error} onRetry={save} /> : null}
    </>
  );
}
