import { readFileSync } from 'node:fs';
import { accounts, signIn } from '../lib/people.mjs';
import { keyboard, text } from './keys.mjs';

/** An admin exports who takes part: a CSV with a byte order mark, so that Excel shows it right. */
export async function exportKpis(page, server) {
  const keys = keyboard(page);
  await signIn(page, server, accounts.admin);
  await page.goto(`${server.url}/admin/kpi`);
  const button = page.getByRole('button', { name: text('kpi', 'export.action') });
  await keys.to(button);
  const download = page.waitForEvent('download');
  await keys.press('Enter');
  const file = readFileSync(await (await download).path());
  if (file.subarray(0, 3).toString('hex') !== 'efbbbf') throw new Error('the CSV has no byte order mark');
  if (file.toString('utf8').trim().split('\n').length < 2) throw new Error('the CSV has no lines');
}
