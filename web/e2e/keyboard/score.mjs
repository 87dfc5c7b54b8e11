import { accounts, signIn } from '../lib/people.mjs';
import { keyboard, text } from './keys.mjs';

/** A juror opens the queue and scores three entries with digits, a comment and Ctrl+Enter each. */
export async function scoreThree(page, server, { judging }) {
  const keys = keyboard(page);
  await signIn(page, server, accounts.juror);
  await page.goto(`${server.url}/jury`);
  await keys.activate(page.getByRole('link', { name: 'Playas: cuánta gente hay', exact: true }));
  await page.locator('[data-criterion]').first().waitFor();
  for (let done = 0; done < 3; done++) await scoreOne(page, keys, done === 2);
  const juror = await page.request.post(`${server.url}/api/v1/auth/sign-in`, {
    data: { email: accounts.juror, password: server.password },
  });
  const { accessToken } = await juror.json();
  const queue = await page.request.get(`${server.url}/api/v1/jury/challenges/${judging.id}/queue`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  const states = (await queue.json()).items.map((item) => item.state);
  if (states.join() !== 'submitted,submitted,submitted') throw new Error(`the reviews are ${states}`);
  return { cockpit_entries_scored_keyboard_only: states.filter((state) => state === 'submitted').length };
}

async function scoreOne(page, keys, last) {
  const from = page.url();
  // The address changes before the page does: wait for the entry that it names.
  await page.locator(`[aria-current=page][href="${new URL(from).pathname}"]`).waitFor();
  const criteria = page.locator('[data-criterion]');
  const count = await criteria.count();
  for (let i = 0; i < count; i++) {
    await keys.to(criteria.nth(i).getByRole('radio'));
    await keys.press(String(5 - (i % 3)));
  }
  await keys.to(page.getByLabel(text('jury', 'toTeam')));
  await keys.type('Clear, and it can be tried within the slot.');
  await keys.press('Control+Enter');
  if (last) await page.getByText(text('jury', 'sent.all')).first().waitFor({ timeout: 30_000 });
  else await page.waitForURL((url) => url.href !== from, { timeout: 30_000 });
}
