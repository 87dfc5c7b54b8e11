import { accounts } from '../lib/people.mjs';

/** Sends the page's first form as it is, so that the error summary appears. */
async function sendEmpty(page) {
  await page.locator('main form button[type=submit]').first().click();
  await page.locator('[role=alert], .error-summary').first().waitFor();
}

/**
 * Pages in states that a plain visit does not show: errors, nothing found, signed out, forbidden, no such page.
 *
 * @returns {import('./targets.mjs').Target[]}
 */
export function states(world) {
  return [
    { route: '/sign-in', name: 'errors', path: '/sign-in', act: sendEmpty },
    { route: '/register', name: 'errors', path: '/register', act: sendEmpty },
    { route: '/challenges', name: 'nothing found', path: '/challenges?q=zzzzzz' },
    { route: '/my/entries', name: 'empty', path: '/my/entries', as: accounts.manager },
    { route: '/my/entries', name: 'signed out', path: '/my/entries', stands: true },
    { route: '/admin', name: 'forbidden', path: '/admin', as: accounts.startup, stands: true },
    {
      route: '/challenges/:slug',
      name: 'draft, so not found',
      path: `/challenges/${world.draft}`,
      stands: true,
    },
    { route: '*', name: 'not found', path: '/no-such-page', stands: true },
  ];
}
