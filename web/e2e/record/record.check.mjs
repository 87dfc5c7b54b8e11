import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { api, check, launch, results, startServer, watch } from '../lib/index.mjs';
import { overflow, violations } from '../routes/inspect.mjs';

const text = (name, body) => ({ name, mimeType: 'application/json', buffer: Buffer.from(body) });
const vector = (name) =>
  text(name, readFileSync(new URL(`../../src/verifier/testdata/${name}.txt`, import.meta.url)));

/** Checking receipts in the browser, on the site and from a file on disk, and comparing checkpoints. */
export async function run() {
  const server = await startServer({ name: 'record' });
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    const faults = watch(page);
    const found = (words) =>
      page.locator('#results h2', { hasText: words }).filter({ visible: true }).first().waitFor();
    const drop = (...files) => page.locator('#file').setInputFiles(files);
    let receipt = '';
    await check(
      'record: a receipt of this site is checked in the browser, and refused when changed',
      async () => {
        const challenges = await api(server.url).get('/challenges');
        const slug = challenges.items.find((each) => !each.sample)?.slug ?? challenges.items[0].slug;
        receipt = await signed(server, slug);
        await page.goto(`${server.url}/verify`);
        await drop(text('receipt.json', receipt));
        await found('The text is in the record');
        const { verifierKey } = await api(server.url).get('/record/key');
        await page.locator('#key').fill(verifierKey);
        await drop(text('receipt.json', receipt));
        await page.getByText('The key is the one you gave').first().waitFor();
        await drop(text('receipt.json', receipt.replace('raw', 'rax')));
        await found('The check failed');
        await page.locator('#results').getByText('The record does not hold this text').waitFor();
        assert.deepEqual(faults.take(), []);
      },
      page,
    );
    await check(
      'record: the page that was saved works without a connection, in three languages',
      async () => {
        const [saved] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Save this page as one file' }).click(),
        ]);
        await page.context().setOffline(true);
        const kept = join(results, 'fieldtrial-verify.html');
        await saved.saveAs(kept);
        await page.goto(pathToFileURL(kept).href);
        await drop(vector('entry'), vector('deadline'), vector('consistency'));
        await found('On time');
        await page.getByRole('button', { name: 'Start again' }).click();
        await drop(vector('late'), vector('deadline'));
        await found('After the deadline');
        await page.getByRole('button', { name: 'Start again' }).click();
        await drop(vector('openings'), vector('bundle'));
        await found('These reviews are those that were locked');
        await found('All reviews are those that were locked');
        await page.getByRole('button', { name: '日本語' }).click();
        await found('確定された評価と一致しています');
        await page.getByRole('button', { name: '最初からやり直す' }).click();
        await page.locator('summary').click();
        await page.locator('#text').fill(vector('entry').buffer.toString());
        await page.getByRole('button', { name: '検証する', exact: true }).click();
        await found('この内容は記録に載っています');
        assert.deepEqual(faults.take(), []);
      },
      page,
    );
    await page.context().setOffline(false);
    await check(
      'record: the page stands up to axe and narrow screens in three languages and both themes',
      async () => {
        await page.setViewportSize({ width: 320, height: 700 });
        for (const [path, scheme] of [
          ['/verify', 'light'],
          ['/es/verify', 'dark'],
          ['/ja/verify', 'light'],
        ]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.goto(server.url + path);
          await drop(vector('entry'), vector('deadline'), text('broken.json', '{}'));
          await page.locator('#results .bad').waitFor();
          await page.locator('#results .open').waitFor();
          assert.deepEqual([...(await violations(page)), ...(await overflow(page))], [], path);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
        assert.deepEqual(faults.take(), []);
      },
      page,
    );
    await check(
      'record: what joins two receipts is fetched on request, and checked like every file',
      async () => {
        const asked = '**/api/v1/record/consistency?from=17&to=18';
        const answer = (file) => page.route(asked, (route) => route.fulfill({ json: { file } }));
        await page.goto(`${server.url}/verify`);
        await answer(vector('consistency').buffer.toString().replace('old 17', 'old 16'));
        await drop(vector('entry'), vector('deadline'));
        await found('On time, if both are of one record');
        await page.locator('#results button').click();
        await found('On time, if both are of one record');
        await page.unroute(asked);
        await answer(vector('consistency').buffer.toString());
        await page.locator('#results button').click();
        await page.locator('#results .good h2', { hasText: 'On time' }).waitFor();
        assert.deepEqual(faults.take(), []);
      },
      page,
    );
    await check(
      'record: any two checkpoints are compared on the device',
      async () => {
        await page.emulateMedia({ colorScheme: 'light' });
        await page.goto(`${server.url}/record`);
        await page.getByRole('button', { name: 'Compare' }).click();
        await page.getByText('Nothing before was changed').waitFor();
        const proof = await page.getByRole('link', { name: 'Save the proof' }).getAttribute('href');
        assert.match(decodeURIComponent(proof), /^data:text\/plain;charset=utf-8,old \d+\n/);
        await page.getByLabel('Older checkpoint').fill('987654');
        await page.getByRole('button', { name: 'Compare' }).click();
        await page.getByText('There is no checkpoint of').waitFor();
        const log = await page.request.get(`${server.url}/api/v1/record/log`);
        assert.match(await log.text(), /^fieldtrial\.v1\/log\n\d+\n/);
        // What was asked for and is not there is the only line in the console.
        assert.deepEqual(
          faults.take().filter((each) => !each.includes('987654')),
          [],
        );
      },
      page,
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The receipt of a challenge's rules; its leaf is signed within seconds of the start. */
async function signed(server, slug) {
  for (let tries = 0; tries < 200; tries++) {
    const { items } = await api(server.url).get(`/challenges/${slug}/record`);
    if (items.length > 0) return items[0].receipt;
    await new Promise((done) => setTimeout(done, 300));
  }
  throw new Error(`no receipt of ${slug}`);
}
