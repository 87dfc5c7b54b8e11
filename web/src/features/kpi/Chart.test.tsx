import { afterEach, expect, test } from 'vitest';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, show } from '~/test/show';
import type { Kpi } from './api';
import { Chart } from './Chart';
import { messages } from './messages';

afterEach(clear);

const kpi: Kpi = {
  slug: 'views',
  name: { en: 'Video views' },
  definition: {},
  unit: { en: { one: 'view', other: 'views' } },
  op: 'gte',
  target: 100,
  counts: false,
  value: 50,
  counted: null,
  measured: 50,
  status: 'below',
  provisional: false,
  series: [
    { month: 1, value: null },
    { month: 2, value: 0 },
    { month: 3, value: 50 },
  ],
};

test('the chart says what it shows and has the same figures as a table', async () => {
  await loadCatalogue(messages, 'en');
  const root = await show(<Chart kpi={kpi} />);
  const picture = root.querySelector('svg');
  expect(picture?.getAttribute('role')).toBe('img');
  expect(picture?.querySelector('desc')?.textContent).toContain(
    'In Month 3: 50 views. Target: at least 100 views.',
  );
  const rows = [...root.querySelectorAll('tbody tr')].map((row) => row.textContent);
  expect(rows).toEqual(['Month 1–', 'Month 20', 'Month 350']);
});

test('bars are drawn to scale, only where there is a figure, without inline styles', async () => {
  await loadCatalogue(messages, 'en');
  const root = await show(<Chart kpi={kpi} />);
  const bars = [...root.querySelectorAll('rect')];
  expect(bars).toHaveLength(2);
  const floor = Number(root.querySelector('.kpi-floor')?.getAttribute('y1'));
  const target = Number(root.querySelector('.kpi-target')?.getAttribute('y1'));
  expect(Number(bars[1]?.getAttribute('height'))).toBeCloseTo((floor - target) / 2);
  expect(root.querySelector('[style]')).toBeNull();
});
