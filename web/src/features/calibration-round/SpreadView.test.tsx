import { beforeEach, expect, test } from 'vitest';
import { loadCatalogue } from '~/i18n/catalogue';
import { show } from '~/test/show';
import type { Criterion, Spread } from './api';
import { messages } from './messages';
import SpreadView from './SpreadView';

beforeEach(() => loadCatalogue(messages, 'en'));

const criteria = [{ id: 'k1', name: { en: 'Impact' }, lowest: 1, highest: 3 }] as unknown as Criterion[];
const spread = (own?: number) =>
  [
    {
      entry: { entryId: 'e1', reference: 'E-1', title: 'Plan', teamName: '' },
      sheets: 3,
      totals: [0, 50, 100],
      median: 50,
      own: own === undefined ? undefined : 100,
      criteria: [
        {
          criterionId: 'k1',
          counts: [1, 1, 1],
          notApplicable: 0,
          median: 2,
          own: own === undefined ? undefined : { criterionId: 'k1', score: own },
        },
      ],
    },
  ] as Spread[];

test('a dot for each juror, one’s own ringed, and how far it lies from the median', async () => {
  const root = await show(<SpreadView spread={spread(3)} criteria={criteria} language="en" />);
  expect(root.querySelectorAll('.spread-dot').length).toBe(3);
  expect(root.querySelectorAll('.spread-own').length).toBe(1);
  expect(root.textContent).toContain('You gave 3: 1 above the median.');
  expect(root.textContent).toContain('You gave 100.0: 50.0 above the median.');
});

test('who handed in nothing is told nothing of an own score', async () => {
  const root = await show(<SpreadView spread={spread()} criteria={criteria} language="en" />);
  expect(root.querySelector('.spread-own, .spread-ring')).toBeNull();
  expect(root.textContent).not.toContain('You gave');
  expect(root.textContent).toContain('Median 2');
});
