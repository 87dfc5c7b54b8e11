import { accounts, apiAs, check, signIn, watch } from '../lib/index.mjs';
import { follow, overflow, settled, violations } from '../routes/inspect.mjs';
import { twoWindows } from './pitch-windows.mjs';

const juror = (n) => `demo-juror-${n}@fieldtrial.example`;

/** The chair names a shortlist of two, jurors score, one of them on the page by keyboard; the chair locks. */
export async function pitchRound(browser, server, path, challenge) {
  const opened = async (email) => {
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    follow(page);
    const faults = watch(page);
    await signIn(page, server, email);
    return { page, faults };
  };
  const { page, faults } = await opened(accounts.chair);
  await check(
    'the first of the ranking are invited to pitch, with times and places',
    async () => {
      await page.goto(`${path}/pitch`);
      await page.getByText('3 of at most 3 are invited').waitFor();
      await sound(page);
      await page.getByRole('checkbox', { checked: true }).nth(2).uncheck();
      await page.getByText('2 of at most 3 are invited').waitFor();
      await page
        .getByLabel(/^When /)
        .first()
        .fill('2099-06-01T10:00');
      await page
        .getByRole('textbox', { name: /^Where / })
        .first()
        .fill('https://meet.example.org/pitch');
      await page.getByRole('button', { name: 'Fill in times' }).click();
      await page.getByRole('button', { name: 'Name the shortlist' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Name the shortlist' }).click();
      await page.getByText('10:20').waitFor();
    },
    page,
  );
  for (const n of [1, 2]) await hear(server, challenge, juror(n), n);
  const own = await opened(juror(3));
  await check(
    'a juror scores the pitches by keyboard, and they are kept',
    async () => {
      await own.page.goto('/jury');
      await own.page.getByRole('link', { name: 'Score the pitches' }).click();
      const highest = own.page.getByRole('radio', { name: '5' });
      await highest.first().waitFor();
      for (const at of [0, 1, 2, 3]) {
        await highest.nth(at).focus();
        await own.page.keyboard.press('Space');
      }
      const kept = own.page.getByText(/saved \d/);
      await kept.nth(1).waitFor();
      await sound(own.page);
    },
    own.page,
  );
  await own.page.context().close();
  await check('two windows, no connection, a portal, a closed window: no score of a pitch is lost', () =>
    twoWindows(browser, server, challenge, juror(3)),
  );
  await check(
    'the lock gives the final order, beside the first round',
    async () => {
      await page.getByRole('button', { name: 'Lock the pitch round' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Lock the pitch round' }).click();
      const final = page.getByRole('table', { name: 'Final order after the pitches' });
      await final.getByRole('row').nth(2).waitFor();
      await sound(page);
    },
    page,
  );
  await check('no fault in the console', () => {
    const all = [...faults.all, ...own.faults.all];
    if (all.length > 0) throw new Error(all.join('\n'));
  });
  await page.context().close();
}

/** A juror scores every pitch through the API, the same for all but one point. */
async function hear(server, challenge, email, n) {
  const me = await apiAs(server, email);
  const { items, criteria } = await me.get(`/jury/challenges/${challenge}/pitch`);
  for (const [at, item] of items.entries()) {
    await me.put(
      `/jury/challenges/${challenge}/pitch/score`,
      {
        entryId: item.entryId,
        scores: criteria.map((each) => ({ criterionId: each.id, score: n + at })),
        comment: '',
      },
      { match: '"0"' },
    );
  }
}

/** What is looked at is accessible and fits a narrow phone. */
async function sound(page) {
  await settled(page);
  const faults = await violations(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  faults.push(...(await overflow(page)));
  await page.setViewportSize(size);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
