import { expect, test } from 'vitest';
import { show } from '~/test/show';
import { DeadlineStrip } from './DeadlineStrip';

const cities = [{ name: '藤沢市', timeZone: 'Asia/Tokyo' }];

// Tests run in New York: a name that no language has to translate.
test.each([
  ['en', 'Deadline, your time (GMT−5)'],
  ['es', 'Deadline, su hora (GMT−5)'],
  ['ja', 'Deadline（あなたの現地時間・GMT−5）'],
] as const)('names the zones in %s as people there write them', async (language, own) => {
  const root = await show(
    <DeadlineStrip label="Deadline" at="2026-12-15T17:00:00Z" cities={cities} />,
    language,
  );
  const names = [...root.querySelectorAll('dt')].map((each) => each.textContent);
  expect(names[0]).toBe(own);
  expect(names[1]).toContain('JST');
  expect(names[2]).toBe('UTC');
});
