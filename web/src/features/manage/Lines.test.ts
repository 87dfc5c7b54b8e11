import { expect, test } from 'vitest';
import { blocksOf } from './Lines';

test('what was typed as a list is one, with the lines below each item', () => {
  expect(blocksOf('Please say:\n- who pays\n- 予算: 30 %\nfor what\n  0: nothing\n\nThanks.')).toEqual([
    { list: false, items: [['Please say:']] },
    { list: true, items: [['who pays'], ['予算: 30 %', 'for what', '0: nothing']] },
    { list: false, items: [['Thanks.']] },
  ]);
  expect(blocksOf('5-6 people\n-')).toEqual([{ list: false, items: [['5-6 people', '-']] }]);
});
