import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accounts } from '../lib/index.mjs';
import { founder } from './3-enter.mjs';

/** 6: the admin sees the startups against the target with the definition, the rows behind, and the CSV. */
export async function count(stage) {
  const page = await stage.as(accounts.admin, '/admin/kpi');
  const head = page.locator('.kpi-head');
  await head.locator('.kpi-figure').waitFor();
  const words = await head.textContent();
  for (const word of ['more than 20', 'Distinct startups', 'not withdrawn']) {
    if (!words.includes(word)) throw new Error(`the headline does not say “${word}”: ${words}`);
  }
  const figure = (await head.locator('.kpi-figure').textContent()).trim();
  if (figure !== '3') throw new Error(`three startups entered, the page counts ${figure}`);
  await stage.shot(page, 'kpi');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const path = join(stage.media, 'participation.csv');
  await download.saveAs(path);
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 3).toString('hex') !== 'efbbbf') throw new Error('the CSV begins without a BOM');
  const text = bytes.toString();
  for (const word of [founder.team, stage.known.reference, stage.known.title]) {
    if (!text.includes(word)) throw new Error(`“${word}” is not in the CSV:\n${text}`);
  }

  await head.getByRole('link', { name: 'See the entries behind this number' }).click();
  await page.getByRole('rowheader', { name: founder.team }).waitFor();
}
