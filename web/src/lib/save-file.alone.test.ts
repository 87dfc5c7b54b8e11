import { afterEach, expect, test, vi } from 'vitest';
import { nameInDisposition, saveFile, saveTable } from './save-file';

afterEach(() => vi.restoreAllMocks());

test('the encoded name comes before the plain one', () => {
  const header = `attachment; filename="participation.csv"; filename*=UTF-8''%E5%8F%82%E5%8A%A0.csv`;
  expect(nameInDisposition(header)).toBe('参加.csv');
  expect(nameInDisposition('attachment; filename="participation.csv"')).toBe('participation.csv');
  expect(nameInDisposition(`attachment; filename="a.csv"; filename*=UTF-8''%E5%8`)).toBe('a.csv');
  expect(nameInDisposition(null)).toBeUndefined();
});

test('the saved table begins with the byte order mark that reading took away', async () => {
  let saved: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved = blob as Blob;
    return 'blob:x';
  });
  saveTable('課題\r\n', 'a.csv');
  const bytes = new Uint8Array(await (saved as Blob).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('課題\r\n');
});

test('a text is saved as it is', async () => {
  let saved: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved = blob as Blob;
    return 'blob:x';
  });
  saveFile('{"受領": 1}\n', 'receipt.json');
  expect(await (saved as Blob).text()).toBe('{"受領": 1}\n');
});
