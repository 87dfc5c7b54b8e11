import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// The shell is the same Chromium without windows: it needs a quarter less of the processor. It shows no PDF, though.
const whole = '/usr/bin/chromium';
const shell = '/usr/bin/chromium-headless-shell';

/** Chromium's program: $CHROMIUM, or Debian's; with windows where a check needs what only those show. */
export function chromiumPath(windows = false) {
  const path = process.env.CHROMIUM ?? (existsSync(shell) && !windows ? shell : whole);
  if (!existsSync(path)) throw new Error(`${path} is missing; install chromium or set CHROMIUM`);
  return path;
}

/** Switches that keep the browser to what the test asks of it. */
export const switches = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-default-browser-check',
  // Chromium's sandbox refuses to work for root, as in containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * Starts Chromium. Close it with `browser.close()`.
 *
 * @param {{ port?: number, windows?: boolean }} [options] port: where others, such as Lighthouse, reach its
 *   debugger; windows: the whole browser, as for its PDF viewer
 */
export function launch({ port, windows } = {}) {
  const args = port ? [...switches, `--remote-debugging-port=${port}`] : switches;
  return chromium.launch({ executablePath: chromiumPath(windows), args });
}

/**
 * What went wrong in a page since it was opened: console errors, refusals of the content security policy,
 * exceptions, requests that never came back.
 *
 * @param {import('playwright-core').Page} page
 * @returns {{ all: string[], take: () => string[] }} take gives and forgets
 */
export function watch(page) {
  const all = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
      const { url } = message.location();
      all.push(`console: ${message.text()}${url ? ` (${url})` : ''}`);
    }
  });
  page.on('pageerror', (error) => all.push(`exception: ${error.stack ?? error}`));
  return { all, take: () => all.splice(0) };
}
