import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { check, launch, startServer, watch } from '../lib/index.mjs';

/** A site elsewhere, on another origin, that frames what it is given. */
async function elsewhere(body) {
  const site = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><html lang="en"><title>A city's site</title><body>${body}</body></html>`);
  });
  await new Promise((ready) => site.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${site.address().port}/`,
    stop: () => new Promise((done) => site.close(done)),
  };
}

/** The page of open data, and its list framed by a site elsewhere. */
export async function run() {
  const server = await startServer({ name: 'open-data' });
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    const faults = watch(page);
    let snippet = '';
    await check(
      'open data: the lines to embed follow the choice, and the page shows the list',
      async () => {
        await page.goto(`${server.url}/open-data`);
        await page.getByLabel('City', { exact: true }).selectOption('fujisawa');
        await page.getByLabel('Language of the list').selectOption('ja');
        snippet = await page.locator('pre').textContent();
        assert.match(snippet, /lang=ja&amp;city=fujisawa/);
        const frame = page.frameLocator('iframe');
        await frame.getByRole('heading', { name: '募集中のチャレンジ' }).waitFor();
        const cities = await frame.locator('.muted').allTextContents();
        assert.ok(cities.length > 0 && cities.every((text) => text.includes('藤沢市')), cities.join('; '));
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Challenges as CSV' }).click(),
        ]);
        assert.equal(file.suggestedFilename(), 'challenges.csv');
        assert.deepEqual(faults.take(), []);
      },
      page,
    );
    await check('open data: another site frames the list without cookies, and no other page', async () => {
      const site = await elsewhere(
        `${snippet}<iframe title="refused" src="${server.url}/challenges"></iframe>`,
      );
      const context = await browser.newContext();
      const visitor = await context.newPage();
      try {
        await visitor.goto(site.url);
        const list = visitor.frameLocator('iframe[title="Open challenges"]');
        await list.getByRole('heading', { name: '募集中のチャレンジ' }).waitFor();
        assert.equal((await list.locator('li').count()) > 0, true);
        const [opened] = await Promise.all([
          context.waitForEvent('page'),
          list.locator('li a').first().click(),
        ]);
        await opened.waitForURL(/\/ja\/challenges\//);
        assert.deepEqual(await context.cookies(`${server.url}/embed/challenges`), []);
        const refused = visitor
          .frames()
          .find((frame) => frame.url().endsWith('/challenges') || frame.url().startsWith('chrome-error'));
        assert.ok(
          !refused || !(await refused.content()).includes('id="app"'),
          'the page let itself be framed',
        );
      } finally {
        await context.close();
        await site.stop();
      }
    });
    await check('open data: a head names the feeds of its language', async () => {
      await page.goto(`${server.url}/es/challenges`);
      const href = await page.locator('link[type="application/rss+xml"]').getAttribute('href');
      const answer = await page.request.get(`${server.url}${href}`);
      assert.equal(answer.status(), 200);
      assert.match(await answer.text(), /<language>es<\/language>/);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}
