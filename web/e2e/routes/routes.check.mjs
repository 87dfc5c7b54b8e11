import { readFileSync } from 'node:fs';
import { check, launch, startServer } from '../lib/index.mjs';
import { fillWorld } from '../lib/world.mjs';
import { states } from './states.mjs';
import { targets } from './targets.mjs';
import { inTurn, walk } from './walk.mjs';

/** What the server names for each route, so that it arrives beside the page. */
function preloads() {
  const file = new URL('../../dist/app/preload.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Routes of the built page. */
export function routes() {
  return preloads().map((each) => each.path);
}

/**
 * Everything to look at: the targets of routes that exist, then the states.
 *
 * @returns {Promise<{ all: import('./targets.mjs').Target[], missed: string[] }>} missed: routes without a target
 */
export async function plan(server, world) {
  const known = routes();
  const all = [...(await targets(server, world)), ...states(world)].filter(
    (each) => each.route === '*' || known.includes(each.route),
  );
  const only = process.env.ROUTES?.split(',');
  return {
    all: only ? all.filter((each) => only.some((word) => each.route.includes(word))) : all,
    missed: known.filter((route) => !all.some((each) => each.route === route)),
  };
}

/**
 * Every route in 3 languages: no console error, no overflow, the right frame, and in two of the languages, one light
 * and one dark, no WCAG fault (all of both: make web-quality).
 */
export async function run() {
  const server = await startServer({ name: 'routes' });
  const browser = await launch();
  try {
    const world = await fillWorld(server);
    const { all, missed } = await plan(server, world);
    await check('every route is looked at', () => {
      if (missed.length > 0) throw new Error(`add to web/e2e/routes/targets.mjs: ${missed.join(' ')}`);
    });
    await check('a page that borrows texts has them fetched with its own', () => {
      const preview = preloads().find((each) => each.path === '/manage/challenges/:id/preview');
      for (const [language, files] of Object.entries(preview.messages)) {
        // The shell's, those of the pages for officials, those of the challenge's public page.
        if (new Set(files).size < 3) throw new Error(`${language}: only ${files}`);
      }
    });
    await walk(browser, server, all, inTurn, world.judged, (seen, page) =>
      check(
        seen.name,
        () => {
          const faults = [...new Set([...seen.other, ...seen.overflow, ...seen.axe])];
          if (faults.length > 0) throw faults.join('\n');
        },
        page,
      ),
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
