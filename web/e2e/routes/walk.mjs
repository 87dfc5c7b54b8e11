import { readFileSync } from 'node:fs';
import { watch } from '../lib/browser.mjs';
import { signIn } from '../lib/people.mjs';
import { follow, frame, overflow, settled, violations } from './inspect.mjs';

export const languages = ['en', 'es', 'ja'];
const themes = ['light', 'dark'];

// Headings of the pages that stand in for others: whoever sees one has not seen the route.
const standIns = new Map(
  languages.map((language) => {
    const file = new URL(`../../src/app/messages/${language}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8'));
    const keys = ['error.title', 'load.title', 'notFound.title', 'forbidden.title', 'signIn.needed'];
    return [language, keys.map((key) => texts[key])];
  }),
);

/**
 * What was seen of one target: counts for the figures, faults by what they are about; broken: not all was seen.
 *
 * @typedef {{ name: string, broken: boolean, axePages: number, axe: string[], overflow: string[], other: string[] }} Seen
 */

/** Both themes in every language, as the figures count them. */
export const everyTheme = () => themes;

/** Both themes over two of the three languages, turn about: neighbours among the targets have others. */
export const inTurn = (language, turn) =>
  themes.slice((languages.indexOf(language) + turn) % languages.length).slice(0, 1);

/**
 * Looks at every target in three languages, two pages at a time.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, password: string }} server
 * @param {import('./targets.mjs').Target[]} targets in this order
 * @param {(language: string, turn: number) => string[]} themesOf `everyTheme` or `inTurn`
 * @param {Promise<unknown>} ready what late targets wait for
 * @param {(seen: Seen, page: import('playwright-core').Page) => unknown} tell called as each target is done
 */
export async function walk(browser, server, targets, themesOf, ready, tell) {
  let turn = 0;
  const queue = targets.filter((each) => !each.late);
  const late = targets.filter((each) => each.late);
  const worker = async () => {
    const pages = new Map();
    for (;;) {
      const target = queue.shift() ?? late.shift();
      if (!target) break;
      if (target.late) await ready;
      const key = target.as ?? '';
      if (!pages.has(key)) pages.set(key, await open(browser, server, target.as));
      await tell(await look(pages.get(key), server, target, themesOf, turn++), pages.get(key).page);
    }
    for (const { page } of pages.values()) await page.context().close();
  };
  await Promise.all([worker(), worker()]);
}

async function open(browser, server, account) {
  const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Europe/Madrid' });
  const page = await context.newPage();
  follow(page);
  if (account) await signIn(page, server, account);
  return { page, problems: watch(page) };
}

/** One target in all languages. */
async function look({ page, problems }, server, target, themesOf, turn) {
  const name = `${target.route}${target.name ? `, ${target.name}` : ''}`;
  const seen = { name, broken: false, axePages: 0, axe: [], overflow: [], other: [] };
  for (const language of languages) {
    try {
      await lookIn(page, server, target, language, themesOf(language, turn), seen);
    } catch (error) {
      seen.broken = true;
      seen.other.push(`${language}: ${error.message.split('\n')[0]} at ${page.url()}`);
    }
    seen.other.push(
      ...problems
        .take()
        .filter((each) => !expected(each, target))
        .map((each) => `${language}: ${each}`),
    );
  }
  return seen;
}

// A page that is not there is answered with 404, a refused one with 401 or 403; Chromium reports the status.
function expected(problem, target) {
  return target.stands && /status of 40[134]/.test(problem);
}

async function lookIn(page, server, target, language, themes, seen) {
  const path = typeof target.path === 'function' ? await target.path() : target.path;
  const prefix = language === 'en' ? '' : `/${language}`;
  await page.setViewportSize({ width: 1280, height: 900 });
  // What differs by its hash alone is not loaded anew. An empty page between would cost a process each time.
  const loaded = await page.goto(server.url + (prefix + path).replace(/^(\/..)\/$/, '$1'));
  if (!loaded) await page.reload();
  await settled(page);
  await target.act?.(page);
  const { faults, heading } = await frame(page, language);
  seen.other.push(...faults.map((each) => `${language}: ${each}`));
  if (standIns.get(language).includes(heading) !== Boolean(target.stands)) {
    seen.other.push(`${language}: shows “${heading}” at ${page.url()}`);
  }
  for (const theme of themes) {
    // As the switch in the footer and the script before the first paint do it.
    await page.evaluate((value) => {
      localStorage.setItem('ft.theme', value);
      document.documentElement.dataset.theme = value;
    }, theme);
    seen.axePages++;
    seen.axe.push(...(await violations(page)).map((each) => `${language} ${theme}: ${each}`));
  }
  await page.setViewportSize({ width: 320, height: 640 });
  seen.overflow.push(...(await overflow(page)).map((each) => `${language}: ${each}`));
}
