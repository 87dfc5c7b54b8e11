// From registering to a receipt on a phone: how long a person needs for it by the keystroke-level model.
//
// In Spanish, which has the longest texts of the three. The person reads every instruction on the way once, writes
// short answers with the thumb, pastes long ones from the phone's notes, attaches a PDF and a video, checks and sends.
// Reading all own answers again before sending is not the page's doing and is told apart. The phone has a slow line
// and a slow processor; what they cost is measured.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePdf, writeVideo } from '../journey/media.mjs';
import { accounts, apiAs, linkIn, waitForMail } from '../lib/index.mjs';
import { pasted, typed } from './prepared.mjs';
import { model, Thumb } from './thumb.mjs';

const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'es-ES',
  timezoneId: 'Europe/Madrid',
};
// As in the timings of Lighthouse: a slow phone in a street with a weak signal.
const line = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const processor = 4;
/** Minutes that a person may need. */
export const bar = 12;
const video = 40 * 1024 * 1024;

/** The page's own words, so that a better word does not break the way. */
const said = (place) =>
  JSON.parse(readFileSync(new URL(`../../src/${place}/messages/es.json`, import.meta.url), 'utf8'));
const app = said('app');
const contest = said('features/contest');
const identity = said('features/identity');
const team = said('features/team');
const entry = said('features/entry');

/**
 * Goes the whole way in a browser of its own.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, password: string }} server
 * @param {{ slow?: boolean }} [options] slow: the line and the processor of a slow phone
 * @returns {Promise<Thumb>} with what was counted
 */
export async function receipt(browser, server, { slow = true } = {}) {
  const { items } = await (await apiAs(server, accounts.startup)).get('/challenges?status=open');
  const folder = mkdtempSync(join(tmpdir(), 'fieldtrial-phone-'));
  const context = await browser.newContext({ ...phone, baseURL: server.url, acceptDownloads: true });
  context.setDefaultTimeout(60_000);
  try {
    const page = await context.newPage();
    const files = {
      'pitch-document': writePdf(folder, 'presentacion.pdf', 'Mareas Claras', [
        'Seis contadores, siete semanas.',
      ]),
      video: await writeVideo(page, folder, 'mareas.webm', video),
    };
    if (slow) await slowDown(page);
    await page.goto(`/es/challenges/${items[0].slug}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const thumb = new Thumb(page);
    await account(thumb, server);
    await begin(thumb);
    await answer(thumb, files);
    await send(thumb);
    return thumb;
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was counted, in lines. */
export function report(thumb) {
  const { taps, flicks, typed: letters, pasted: brought, words, ownWords, waited, phases } = thumb;
  return [
    `${(thumb.seconds / 60).toFixed(1)} minutes: ${phases.map(([name, s]) => `${name} ${s.toFixed(0)} s`).join(', ')}`,
    `${taps} taps, ${flicks} flicks, ${letters} letters typed, ${brought} pasted, ${words} words read, ` +
      `${(waited / 1000).toFixed(1)} s waited`,
    `${((thumb.seconds + ownWords * model.word) / 60).toFixed(1)} minutes with all own answers (${ownWords} words) read again`,
  ].join('\n');
}

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: processor });
}

const title = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('main').getByRole('link', { name, exact: true });

/** Registers, opens the mail and confirms. */
async function account(thumb, server) {
  const { page } = thumb;
  await thumb.tap(link(page, contest['challenge.start']), title(page, app['signIn.needed']));
  await thumb.read();
  await thumb.tap(link(page, app['nav.register']), title(page, identity['register.title']));
  await thumb.read();
  await thumb.type(page.getByLabel(identity.name), typed.name);
  await thumb.type(page.getByLabel(identity.email), typed.email);
  await thumb.type(page.getByLabel(identity.password), typed.password);
  await thumb.tap(button(page, identity['register.submit']), title(page, identity['mail.title']));
  await thumb.read();
  thumb.phase('register');
  // To the mail program, the message, the link in it.
  let mail;
  await thumb.wait(async () => {
    mail = await waitForMail(server, typed.email);
  });
  thumb.readText(mail.text);
  thumb.outside(3);
  await thumb.wait(async () => {
    await page.goto(linkIn(mail, '/confirm-email'));
    await title(page, identity['confirm.title']).waitFor();
  });
  await thumb.read();
  await thumb.tap(button(page, identity['confirm.submit']), title(page, identity['confirm.done']));
  await thumb.read();
  await thumb.tap(link(page, identity.continue), title(page, entry['enter.title']));
  thumb.phase('confirm');
}

/** Makes the team and the entry. */
async function begin(thumb) {
  const { page } = thumb;
  await thumb.read();
  await thumb.type(page.getByRole('textbox', { name: team['team.name'] }).first(), typed.team);
  await thumb.tap(page.getByRole('radio', { name: team['kind.startup'], exact: true }));
  await thumb.pick(page.getByRole('combobox', { name: team['team.country'] }), 'España');
  await thumb.tap(
    button(page, entry['enter.go']),
    page.getByRole('heading', { level: 2, name: entry['tasks.title'] }),
  );
  thumb.phase('begin');
}

/** Answers every section in turn. */
async function answer(thumb, files) {
  const { page } = thumb;
  await thumb.read();
  for (const yes of await page.locator('input[name^="eligible-"][value=true]').all()) await thumb.tap(yes);
  let heading = await onward(thumb, page.locator('.task a').first());
  for (let sections = 0; heading !== entry['check.title']; sections++) {
    if (sections > 12) throw new Error('there is no end of sections');
    await page.locator('main form .field').first().waitFor();
    await thumb.read();
    await fill(thumb, files);
    heading = await onward(thumb, page.locator('main .actions').last().getByRole('link').first());
  }
  thumb.phase('answer');
}

/** Touches a link to another page and gives its heading; the page before stays until the next one is ready. */
async function onward(thumb, target) {
  const heading = thumb.page.locator('h1');
  const before = await heading.textContent();
  const next = heading.filter({ hasNotText: before });
  await thumb.tap(target);
  // A page that moves under the thumb takes the touch for another place; people touch again, in their time.
  await thumb.wait(next, 15_000).catch(() => thumb.tap(target, next));
  return heading.textContent();
}

/** What one section asks, in the order in which it stands. */
async function fill(thumb, files) {
  const { page } = thumb;
  const field = (key) => page.locator(`[name="fields.${key}"]`);
  const names = await page
    .locator('main form [name^="fields."]')
    .evaluateAll((all) => [...new Set(all.map((each) => each.name.slice('fields.'.length)))]);
  for (const key of names) {
    if (typed.answers[key]) await thumb.type(field(key), typed.answers[key]);
    else if (pasted[key]) await thumb.paste(field(key), pasted[key]);
    else if (files[key]) await thumb.attach(field(key), files[key]);
    else await thumb.tap(field(key).nth(1));
  }
}

/** Reads everything again, sends, takes the receipt. */
async function send(thumb) {
  const { page } = thumb;
  await thumb.read();
  await thumb.tap(button(page, entry['submit.go']), title(page, entry['submitted.title']));
  thumb.phase('send');
  await thumb.read();
  const download = page.waitForEvent('download', { timeout: 90_000 });
  await thumb.tap(button(page, entry['receipt.get']), () => download);
  thumb.phase('receipt');
}
