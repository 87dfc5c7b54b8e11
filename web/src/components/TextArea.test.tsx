import { expect, it } from 'vitest';
import { countCharacters } from '~/i18n/count';
import { show } from '~/test/show';
import { TextArea } from './TextArea';

it('counts characters as a person would, not UTF-16 units', () => {
  expect(countCharacters('𠮷野家')).toBe(3);
  expect(countCharacters('藤沢市')).toBe(3);
});

it('says how many are left, and how many too many', async () => {
  const root = await show(<TextArea name="a" label="A" value="藤沢市" onValue={() => {}} limit={4} />, 'ja');
  expect(root.querySelector('#f-a-count')?.textContent).toBe('あと1文字');
  const over = await show(<TextArea name="b" label="B" value="藤沢市" onValue={() => {}} limit={2} />, 'en');
  expect(over.querySelector('#f-b-count')?.textContent).toBe('1 character too many');
});
