// Prints the figures of `make web-quality`, one a line: `figure <name> = <number> <unit>`. What is behind a
// figure that is not as it should be goes to standard error. Fails only when something could not be measured.
// With words, only these measurements: `node e2e/quality.mjs sizes Lighthouse`.
import { scriptsOf, named as sizeNames, styles, verifier } from '../scripts/sizes.mjs';
import { offline } from './jury/offline.mjs';
import { journeys } from './keyboard/journeys.mjs';
import { launch, startServer, stopped } from './lib/index.mjs';
import { fillWorld } from './lib/world.mjs';
import { receipt, report } from './phone/receipt.mjs';
import { scores, timings } from './quality/lighthouse.mjs';
import { uploads } from './quality/uploads.mjs';
import { xss } from './quality/xss.mjs';
import { plan } from './routes/routes.check.mjs';
import { everyTheme, walk } from './routes/walk.mjs';

let unmeasured = 0;
const words = process.argv.slice(2);
const asked = (what) => words.length === 0 || words.includes(what);
const figure = (name, value, unit) => console.log(`figure ${name} = ${value} ${unit}`);

/** Runs one measurement; what fails is said, and the rest is still measured. */
async function measure(what, work) {
  if (!asked(what)) return;
  try {
    await work();
  } catch (error) {
    unmeasured++;
    console.error(`${what} could not be measured: ${error.stack ?? error}`);
  }
}

function sizes() {
  for (const [name, path] of sizeNames) {
    const size = scriptsOf(path);
    if (size === undefined) throw new Error(`${name}: there is no route ${path}`);
    figure(name, size.toFixed(1), 'KB');
  }
  figure('css_kb', styles().toFixed(1), 'KB');
  figure('verifier_js_kb', verifier().toFixed(1), 'KB');
}

async function pages(browser, server, world) {
  const { all, missed } = await plan(server, world);
  if (missed.length > 0) throw new Error(`no targets for ${missed.join(' ')}`);
  const total = { pages: 0, violations: 0, overflow: 0 };
  const broken = [];
  await walk(browser, server, all, everyTheme, world.judged, (seen) => {
    total.pages += seen.axePages;
    total.violations += seen.axe.length;
    total.overflow += seen.overflow.length;
    for (const each of [...seen.axe, ...seen.overflow]) console.error(`${seen.name}: ${each}`);
    for (const each of seen.other) console.error(`${seen.name}: ${each}`);
    if (seen.broken) broken.push(seen.name);
  });
  figure('axe_pages', total.pages, 'pages');
  figure('axe_violations', total.violations, 'violations');
  figure('overflow_pages', total.overflow, 'pages');
  if (broken.length > 0) throw new Error(`not all was seen of ${broken.join(', ')}`);
}

async function keyboard(browser, server, world) {
  let ok = 0;
  for (const [name, journey, late] of journeys) {
    if (late) await world.judged;
    const context = await browser.newContext({ acceptDownloads: true });
    try {
      const figures = await journey(await context.newPage(), server, world);
      for (const [what, minutes] of Object.entries(figures ?? {}))
        if (what.startsWith('cockpit_')) figure(what, minutes, 'entries');
        else figure(what, minutes.toFixed(1), 'minutes');
      ok++;
    } catch (error) {
      console.error(`by keyboard, ${name}: ${error.message}`);
    } finally {
      await context.close();
    }
  }
  figure('keyboard_journeys_ok', ok, 'journeys');
}

async function train(browser, server, world) {
  await world.judged;
  const { typed, lost } = await offline(browser, server, world);
  console.error(`without a connection: ${typed} scores typed`);
  figure('scores_lost_offline', lost, 'scores');
}

async function startup(browser, server) {
  const thumb = await receipt(browser, server);
  console.error(`from registering to the receipt: ${report(thumb)}`);
  figure('startup_receipt_minutes', (thumb.seconds / 60).toFixed(1), 'minutes');
}

async function lighthouse(server, world) {
  const urls = [`${server.url}/`, `${server.url}/challenges/${world.open.slug}`];
  const { lcp, tbt, cls } = await timings(urls);
  figure('lcp_ms', Math.round(lcp), 'ms');
  figure('tbt_ms', Math.round(tbt), 'ms');
  figure('cls', cls.toFixed(3), 'shift');
  const answer = await scores(urls);
  for (const fault of answer.faults) console.error(fault);
  for (const [category, score] of Object.entries(answer.scores)) {
    figure(`lighthouse_${category.replaceAll('-', '_')}`, score, 'points');
  }
}

await measure('sizes', sizes);
await measure('uploads', () => uploads(figure));
async function page() {
  const server = await startServer({ name: 'quality' });
  try {
    const world = await fillWorld(server);
    const browser = await launch();
    try {
      await measure('accessibility', () => pages(browser, server, world));
      await measure('keyboard', () => keyboard(browser, server, world));
      await measure('offline', () => train(browser, server, world));
      await measure('receipt', () => startup(browser, server));
    } finally {
      await browser.close();
    }
    // Alone, so that nothing else takes the processor.
    await measure('Lighthouse', () => lighthouse(server, world));
  } finally {
    await server.stop();
  }
}

/** On a server of its own: it writes more than one address may, and into everything. */
async function hostile() {
  const server = await startServer({ name: 'hostile' });
  const browser = await launch();
  try {
    await xss(browser, server, await fillWorld(server), figure);
  } finally {
    await browser.close();
    await server.stop();
  }
}

const onPages = ['accessibility', 'keyboard', 'offline', 'receipt', 'Lighthouse'];
if (words.length === 0 || onPages.some(asked)) {
  await page().catch((error) => {
    unmeasured++;
    console.error(`the page could not be measured: ${error.stack ?? error}`);
  });
}
await measure('xss', hostile);
await stopped();
process.exit(unmeasured > 0 ? 1 : 0);
