import { useId } from 'preact/hooks';
import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { amount, nameOf } from './amount';
import type { Kpi } from './api';
import './kpi.css';
import { messages } from './messages';

const top = 28;
const floor = 180;

/**
 * The indicator over the programme's months. Lengths across are in per cent and text is not scaled, so
 * that it stays readable on a phone; the same figures are in the table under it.
 */
export function Chart({ kpi }: { kpi: Kpi }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = useId();
  const known = kpi.series.filter((point) => point.value !== null);
  const last = known.at(-1);
  const highest = Math.max(kpi.target, 1, ...known.map((point) => point.value ?? 0));
  const y = (value: number) => floor - (value / highest) * (floor - top);
  const step = 100 / Math.max(1, kpi.series.length);
  const name = nameOf(kpi, language).text;
  return (
    <figure class="stack">
      <svg class="kpi-chart" role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{t('chart.title', { name })}</title>
        <desc id={`${id}-d`}>
          {last
            ? t('chart.summary', {
                months: kpi.series.length,
                last: last.month,
                value: amount(kpi, last.value ?? 0, language),
                target: t(`target.${kpi.op}`, { amount: amount(kpi, kpi.target, language) }),
              })
            : t('chart.none')}
        </desc>
        {kpi.series.map(({ month, value }, at) => (
          <g key={month}>
            {value === null ? null : (
              <rect
                class={kpi.provisional && at === kpi.series.length - 1 ? 'kpi-bar kpi-so-far' : 'kpi-bar'}
                x={`${at * step + step * 0.15}%`}
                width={`${step * 0.7}%`}
                y={y(value)}
                height={Math.max(1, floor - y(value))}
              />
            )}
            {value !== null && month === last?.month ? (
              <text class="kpi-value" x={`${(at + 0.5) * step}%`} y={y(value) - 6}>
                {number(value, language)}
              </text>
            ) : null}
            <text
              class={month % 5 === 0 || month === 1 ? 'kpi-month' : 'kpi-month kpi-minor'}
              x={`${(at + 0.5) * step}%`}
              y={floor + 18}
            >
              {month}
            </text>
          </g>
        ))}
        <line class="kpi-floor" x1="0" x2="100%" y1={floor} y2={floor} />
        <line class="kpi-target" x1="0" x2="100%" y1={y(kpi.target)} y2={y(kpi.target)} />
        <text class="kpi-target-text" x="0" y={y(kpi.target) - 6}>
          {t('chart.target', { n: kpi.target })}
        </text>
        <text class="kpi-axis" x="100%" y={floor + 36}>
          {t('chart.axis')}
        </text>
      </svg>
      <Disclosure summary={t('chart.table')}>
        <Table
          caption={t('chart.title', { name })}
          rows={kpi.series}
          rowKey={(point) => String(point.month)}
          narrow="scroll"
          columns={[
            {
              key: 'month',
              title: t('month'),
              heading: true,
              cell: (point) => t('monthN', { n: point.month }),
            },
            {
              key: 'value',
              title: t('value'),
              numeric: true,
              cell: (point) => (point.value === null ? t('none') : number(point.value, language)),
            },
          ]}
        />
      </Disclosure>
    </figure>
  );
}

/** The course as a small picture beside a figure. Decoration: the figures are a link away. */
export function Spark({ kpi }: { kpi: Kpi }) {
  const highest = Math.max(kpi.target, 1, ...kpi.series.map((point) => point.value ?? 0));
  const step = 100 / Math.max(1, kpi.series.length);
  return (
    <svg class="kpi-spark" aria-hidden="true">
      {kpi.series.map(({ month, value }, at) =>
        value === null ? null : (
          <rect
            key={month}
            class="kpi-bar"
            x={`${at * step}%`}
            width={`${step * 0.7}%`}
            y={30 - (value / highest) * 28}
            height={Math.max(1, (value / highest) * 28)}
          />
        ),
      )}
      <line
        class="kpi-target"
        x1="0"
        x2="100%"
        y1={30 - (kpi.target / highest) * 28}
        y2={30 - (kpi.target / highest) * 28}
      />
      <line class="kpi-floor" x1="0" x2="100%" y1="30" y2="30" />
    </svg>
  );
}
