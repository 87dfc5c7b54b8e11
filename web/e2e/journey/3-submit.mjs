import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accounts, apiAs, program, waitForMail } from '../lib/index.mjs';
import { enter } from '../lib/world/entry.mjs';
import { founder } from './3-enter.mjs';

/** 3d: checks, submits, gets a reference, a mail and a receipt; a change after that is not submitted by itself. */
export async function submit(stage) {
  const entry = `/my/entries/${stage.known.entry}`;
  const page = await stage.as(founder.email, entry, founder);
  await page.getByText('Complete', { exact: true }).nth(3).waitFor();
  await stage.shot(page, 'entry');
  await page.getByRole('link', { name: 'Check and submit' }).click();
  await page.getByRole('heading', { level: 1, name: 'Check your answers' }).waitFor();
  await page.getByText('Weight mats count who waits.').waitFor();
  await page.getByText('one-second-at-the-stop.webm').first().waitFor();
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your entry has been received' }).waitFor();
  const reference = (await page.locator('code').first().textContent()).trim();
  if (!/^[A-Z0-9-]{6,}$/.test(reference)) throw new Error(`the reference is “${reference}”`);
  stage.known.reference = reference;
  await waitForMail(stage.server, founder.email, (mail) => mail.text.includes(reference));
  await receipt(stage, page);

  await page.goto(`${entry}/edit/solution`);
  const solution = page.getByRole('textbox', { name: /^Your solution/ });
  await solution.fill(`${await solution.inputValue()}\n\nWe bring our own batteries.`);
  await page.getByText(/^Draft saved \d/).waitFor();
  await page.getByRole('link', { name: 'Back to all sections' }).click();
  await page.getByText('Changes not submitted').first().waitFor();
  await page.goto('/my/entries');
  await page.getByRole('listitem').filter({ hasText: 'Changes not submitted' }).waitFor();
  await page.goto(entry);
  await page.getByRole('link', { name: 'Check and submit again' }).click();
  await page.getByText('We bring our own batteries.').waitFor();
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your entry has been received' }).waitFor();
  await page.getByText('Submission 2').waitFor();
  await receipt(stage, page);
}

/** Downloads the receipt and checks it with the program, which asks no server. */
async function receipt(stage, page) {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 90_000 }),
    page.getByRole('button', { name: 'Download the receipt' }).click(),
  ]);
  if (download.suggestedFilename() !== `receipt-${stage.known.reference}.json`) {
    throw new Error(`the file is called ${download.suggestedFilename()}`);
  }
  const path = join(stage.media, download.suggestedFilename());
  await download.saveAs(path);
  if (!readFileSync(path, 'utf8').includes(stage.known.entry)) throw new Error('another receipt');
  const { status, stdout, stderr } = spawnSync(program, ['verify', path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`fieldtrial verify ends with ${status}: ${stdout}${stderr}`);
}

/** 3e: two more teams enter through the API, so that there is something to rank and a conflict to declare. */
export async function others(stage) {
  const member = await apiAs(stage.server, accounts.startup);
  stage.known.others = [];
  for (const team of ['Harbour Lamp', 'Quiet Bay']) {
    stage.known.others.push({ ...(await enter(member, stage.known.slug, { team })), team });
  }
}
