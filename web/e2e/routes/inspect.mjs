import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const underWay = new WeakMap();

/** Counts the requests of a page from now on, so that `settled` knows when none is under way. */
export function follow(page) {
  const requests = new Set();
  underWay.set(page, requests);
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** Waits until a page shows what it will show: a heading, nothing loading, no request under way. */
export async function settled(page) {
  await page.locator('h1').first().waitFor({ timeout: 30_000 });
  await page.waitForFunction(
    () =>
      !document.querySelector('.loading, main[aria-busy=true], .placeholder') &&
      document.fonts.status === 'loaded',
    undefined,
    { timeout: 30_000, polling: 50 },
  );
  // Twice in a row: what has just arrived may ask for more.
  const requests = underWay.get(page);
  for (let quiet = 0, tries = 0; quiet < 2 && tries < 200; tries++) {
    await page.waitForTimeout(50);
    quiet = requests.size === 0 ? quiet + 1 : 0;
  }
}

/** Rules of WCAG 2.2 AA and best practice that the page breaks, one line each. */
export async function violations(page) {
  // The debugger's own evaluation: the page's policy lets no foreign script in, and stays as it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(
    (values) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
        iframes: false,
      }),
    tags,
  );
  return found.violations.flatMap((rule) =>
    rule.nodes.map(
      (node) => `${rule.id}: ${node.target.join(' ')} – ${node.failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}

/** What stands out of a page that is 320 px wide, the outermost elements first; empty when nothing does. */
export function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter(
      (each) => each.getBoundingClientRect().right > root.clientWidth + 0.5,
    );
    const names = out.slice(0, 4).map((each) => `${each.tagName.toLowerCase()}.${each.className}`);
    return [`${root.scrollWidth} px wide: ${names.join(', ')}`];
  });
}

/** Faults of what every page must have: its language, one h1, a title of its own; and of what none has: empty lines. */
export async function frame(page, language) {
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1')].map((each) => each.textContent.trim()),
    title: document.title,
    empty: [...document.querySelectorAll('main :is(p, li, dt, h2, h3, h4):empty')]
      .filter((each) => each.checkVisibility())
      .map((each) => `${each.tagName.toLowerCase()}.${each.className} in ${each.parentElement.className}`),
  }));
  const faults = [];
  if (facts.lang !== language) faults.push(`html lang is “${facts.lang}”`);
  if (facts.headings.length !== 1 || !facts.headings[0]) faults.push(`h1: ${JSON.stringify(facts.headings)}`);
  if (facts.empty.length > 0) faults.push(`empty: ${facts.empty.join(', ')}`);
  if (!facts.title || facts.title === 'Fieldtrial') faults.push(`title is “${facts.title}”`);
  return { faults, heading: facts.headings[0] ?? '' };
}
