import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { results } from './server.mjs';

let passed = 0;
let failed = 0;

function slug(name) {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80);
}

/**
 * Runs one check and prints its line. A failure is counted, shown, and pictured when a page is given;
 * it does not throw, so that the rest still runs.
 *
 * @param {string} name
 * @param {() => unknown} work throws when the check fails
 * @param {import('playwright-core').Page | (() => import('playwright-core').Page | undefined)} [page] pictured into
 *   web/test-results; a function is asked after the failure
 * @returns {Promise<boolean>}
 */
export async function check(name, work, page) {
  const start = Date.now();
  try {
    await work();
    passed++;
    const seconds = (Date.now() - start) / 1000;
    console.log(`ok    ${name}${seconds < 0.1 ? '' : ` (${seconds.toFixed(1)} s)`}`);
    return true;
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).replaceAll('\n', '\n      ')}`);
    const shown = typeof page === 'function' ? page() : page;
    if (shown) await picture(shown, name);
    return false;
  }
}

/** Saves what a page shows to web/test-results/<name>.png. */
export async function picture(page, name) {
  mkdirSync(results, { recursive: true });
  const path = join(results, `${slug(name)}.png`);
  try {
    await page.screenshot({ path, fullPage: true, timeout: 10_000 });
    console.log(`      shown in ${path}, at ${page.url()}`);
  } catch (error) {
    console.log(`      no picture: ${error.message}`);
  }
}

/** Adds what checks elsewhere have come to. */
export function total(morePassed, moreFailed) {
  passed += morePassed;
  failed += moreFailed;
}

/** Prints the closing line and gives the exit code: a run in which nothing was checked has failed. */
export function finish() {
  console.log(`web: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
