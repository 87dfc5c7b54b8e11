import { useId } from 'preact/hooks';
import { Disclosure } from '~/components/Disclosure';
import { Table } from '~/components/Table';
import { date } from '~/i18n/dates';
import { number } from '~/i18n/format-message';
import { useLanguage, useMessages } from '~/i18n/use-messages';
import { type Reach, type Step, steps } from './api';
import { messages } from './messages';

const top = 24;
const floor = 150;

/**
 * One step by day, as bars. Lengths across are in per cent and text is not scaled, so that it stays readable
 * on a phone; all steps are in the table under it.
 */
export function ReachChart({ reach, step }: { reach: Reach; step: Step }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const id = useId();
  const { days } = reach;
  const highest = Math.max(1, ...days.map((each) => each.numbers[step]));
  // A few days do not become a wall.
  const width = 100 / Math.max(14, days.length);
  const y = (value: number) => floor - (value / highest) * (floor - top);
  // A day of the calendar, not an instant: read and written in UTC.
  const day = (text: string) => date(new Date(`${text}T00:00:00Z`), 'UTC', language);
  const [first, last] = [days[0], days.at(-1)];
  const peak = days.findIndex((each) => each.numbers[step] === highest);
  const name = t(`step.${step}`);
  return (
    <figure class="stack">
      <svg class="numbers-chart" role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{t('chart.title', { name })}</title>
        <desc id={`${id}-d`}>
          {t('chart.summary', { total: number(reach.total[step], language), days: days.length })}
        </desc>
        {days.map((each, at) => (
          <rect
            key={each.day}
            class="numbers-bar"
            x={`${at * width + width * 0.1}%`}
            width={`${width * 0.8}%`}
            y={y(each.numbers[step])}
            height={each.numbers[step] === 0 ? 0 : Math.max(2, floor - y(each.numbers[step]))}
          />
        ))}
        {peak >= 0 ? (
          <text
            class="numbers-value"
            x={`${Math.min(96, Math.max(4, (peak + 0.5) * width))}%`}
            y={y(highest) - 6}
          >
            {number(highest, language)}
          </text>
        ) : null}
        <line class="numbers-floor" x1="0" x2="100%" y1={floor} y2={floor} />
        {first ? (
          <text x="0" y={floor + 20}>
            {day(first.day)}
          </text>
        ) : null}
        {last && days.length > 6 ? (
          <text class="numbers-end" x={`${days.length * width}%`} y={floor + 20}>
            {day(last.day)}
          </text>
        ) : null}
      </svg>
      <Disclosure summary={t('chart.table')}>
        <Table
          caption={t('byDay')}
          rows={days}
          rowKey={(row) => row.day}
          narrow="scroll"
          columns={[
            { key: 'day', title: t('day'), heading: true, cell: (row) => day(row.day) },
            ...steps.map((each) => ({
              key: each,
              title: t(`step.${each}`),
              numeric: true,
              cell: (row: Reach['days'][number]) => number(row.numbers[each], language),
            })),
          ]}
        />
      </Disclosure>
    </figure>
  );
}
