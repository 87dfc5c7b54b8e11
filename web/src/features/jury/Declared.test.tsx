import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemError } from '~/api/problem';
import { loadCatalogue } from '~/i18n/catalogue';
import { clear, show } from '~/test/show';
import { Declared } from './Declared';
import { messages } from './messages';

beforeEach(() => loadCatalogue(messages, 'en'));
afterEach(clear);

const refused = (code: string) => new ProblemError(409, code, 'No.', {}, undefined, {});
const page = (data: string | undefined, error?: unknown) =>
  show(
    <Declared query={{ data, error, isPending: false, refetch: () => {} }} challenge="c1">
      {(found) => <p>{found}</p>}
    </Declared>,
  );

test('who has not declared conflicts is led there; other refusals are told', async () => {
  const first = await page(undefined, refused('jury.declare_first'));
  expect(first.querySelector('a.button')?.getAttribute('href')).toContain('/jury/challenges/c1/conflicts');
  expect(first.querySelector('h1')?.textContent).toBe('Conflicts of interest');
  clear();
  const other = await page(undefined, refused('jury.locked'));
  expect(other.textContent).toContain('No.');
  expect(other.querySelector('a')).toBeNull();
  clear();
  expect((await page('the entries', refused('jury.declare_first'))).textContent).toBe('the entries');
});
