import { ends } from '../jury/ends.mjs';
import { offline } from '../jury/offline.mjs';
import { check, launch, startServer } from '../lib/index.mjs';
import { fillWorld } from '../lib/world.mjs';
import { journeys } from './journeys.mjs';

/** The keyboard journeys as checks. */
export async function run() {
  const server = await startServer({ name: 'keyboard' });
  const browser = await launch();
  try {
    const world = await fillWorld(server);
    const only = process.env.KEYS;
    for (const [name, journey, late] of journeys) {
      if (only && !name.includes(only)) continue;
      if (late) await world.judged;
      const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
      await check(
        `by keyboard: ${name}`,
        async () => {
          for (const [figure, minutes] of Object.entries((await journey(page, server, world)) ?? {})) {
            console.log(`      ${figure}: ${minutes}`);
          }
        },
        page,
      );
      await page.context().close();
    }
    if (!only || 'offline'.includes(only)) {
      await world.judged;
      await check('no score is lost without a connection', async () => {
        const { typed, lost } = await offline(browser, server, world);
        if (typed === 0 || lost > 0) throw new Error(`${lost} of ${typed} scores are lost`);
      });
    }
    if (!only || 'ends'.includes(only)) {
      await world.judged;
      await check('what was taken along goes when it should, and nothing else', () =>
        ends(browser, server, world),
      );
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}
