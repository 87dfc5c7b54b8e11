import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { Button } from '~/components/Button';
import { Page } from '~/components/Page';
import { QueryView } from '~/components/QueryView';
import { When } from '~/components/When';
import { textIn } from '~/i18n/local-text';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { useQueryFilters } from '~/lib/use-query-filters';
import type { PageProps } from '~/routes/route';
import { amount, nameOf } from './amount';
import { type Detail, type Kpi, useIndicator, type Verdict } from './api';
import { Chart } from './Chart';
import { CountedRows } from './CountedRows';
import { MeasurementDialog } from './MeasurementDialog';
import { Measurements } from './Measurements';
import { messages } from './messages';
import { Standing } from './Standing';

/** One indicator down to the rows behind its number. */
export default function IndicatorPage({ params }: PageProps) {
  const t = useMessages(messages);
  const { filters, set } = useQueryFilters({ verdict: '' });
  const verdict = filters.verdict as Verdict | '';
  const query = useIndicator(params.slug ?? '', verdict);
  const pages = query.data?.pages ?? [];
  return (
    <QueryView query={{ ...query, data: pages[0] }} page>
      {(detail) => (
        <IndicatorView detail={detail}>
          {detail.indicator.counts ? (
            <section class="section" aria-labelledby="kpi-rows">
              <h2 id="kpi-rows">{t('rows.title')}</h2>
              <CountedRows
                verdicts={detail.verdicts}
                verdict={verdict}
                onVerdict={(value) => set('verdict', value)}
                rows={pages.flatMap((page) => page.rows.items)}
                more={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => query.fetchNextPage()}
                zone={detail.programme.timeZone}
              />
            </section>
          ) : null}
        </IndicatorView>
      )}
    </QueryView>
  );
}

function IndicatorView({ detail, children }: { detail: Detail; children: ComponentChildren }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const [entering, setEntering] = useState(false);
  const kpi = detail.indicator;
  const name = nameOf(kpi, language);
  const group = textIn(detail.group, language);
  const definition = textIn(kpi.definition, language);
  const mayEnter = detail.allowedActions.includes('kpi.enter');
  return (
    <Page
      title={name.text}
      titleLang={name.lang}
      above={
        <>
          <Link href="/admin/kpi">{t('back')}</Link>
          <span class="small" lang={group.lang}>
            {group.text}
          </span>
          <Standing kpi={kpi} />
        </>
      }
    >
      <p class="prose" lang={definition.lang}>
        {definition.text}
      </p>
      <Figures kpi={kpi} zone={detail.programme.timeZone} asOf={detail.asOf} />
      <Chart kpi={kpi} />
      {children}
      <section class="section" aria-labelledby="kpi-measurements">
        <h2 id="kpi-measurements">{t('measurements')}</h2>
        {mayEnter ? (
          <div class="actions">
            <Button kind="primary" onClick={() => setEntering(true)}>
              {t('enter')}
            </Button>
            <MeasurementDialog open={entering} onClose={() => setEntering(false)} indicators={[kpi]} />
          </div>
        ) : null}
        <Measurements kpi={kpi} measurements={detail.measurements} mayChange={mayEnter} />
      </section>
    </Page>
  );
}

function Figures({ kpi, zone, asOf }: { kpi: Kpi; zone: string; asOf: string }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const show = (value: number | null) => (value === null ? t('none') : amount(kpi, value, language));
  return (
    <dl class="row-facts">
      <div>
        <dt>{t('value')}</dt>
        <dd>{show(kpi.value)}</dd>
        {kpi.provisionalUntil ? (
          <dd class="small">
            {t('soFar')}
            <When at={kpi.provisionalUntil} zone={zone} short />
          </dd>
        ) : null}
      </div>
      <div>
        <dt>{t('target')}</dt>
        <dd>{t(`target.${kpi.op}`, { amount: amount(kpi, kpi.target, language) })}</dd>
      </div>
      {kpi.counts ? (
        <div>
          <dt>{t('counted.here')}</dt>
          <dd>{show(kpi.counted)}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t('measured.latest')}</dt>
        <dd>{show(kpi.measured)}</dd>
        {kpi.measuredMonth === undefined ? null : (
          <dd class="small">{t('monthN', { n: kpi.measuredMonth })}</dd>
        )}
      </div>
      <div>
        <dt>{t('asOf')}</dt>
        <dd class="small">
          <When at={asOf} zone={zone} short />
        </dd>
      </div>
    </dl>
  );
}
