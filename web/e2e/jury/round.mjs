import { keyboard } from '../keyboard/keys.mjs';
import { accounts, apiAs, check, signIn, watch } from '../lib/index.mjs';
import { follow, overflow, settled, violations } from '../routes/inspect.mjs';

const juror = (n) => `demo-juror-${n}@fieldtrial.example`;

/**
 * The chair opens a calibration round, two jurors score the two entries by keyboard, on a wide page and on a dark
 * phone; everybody sees how far apart they are, and nothing of it counts.
 *
 * @param {string} challenge of the demonstration: past its deadline, nothing assigned
 */
export async function calibrationRound(browser, server, challenge) {
  const faults = [];
  const opened = async (email, options) => {
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    follow(page);
    faults.push(watch(page));
    await signIn(page, server, email);
    return page;
  };
  for (const n of [1, 2])
    await (await apiAs(server, juror(n))).post(`/jury/challenges/${challenge}/conflicts`, { teamIds: [] });
  const desk = `/jury/challenges/${challenge}/calibration`;
  const chair = await opened(accounts.chair);
  await check(
    'the chair opens a calibration round with the two entries that are suggested',
    async () => {
      await chair.goto(`/manage/challenges/${challenge}/calibration`);
      await chair.getByText('These scores do not count for the result.').waitFor();
      await chair.getByRole('checkbox', { checked: true }).nth(1).waitFor();
      await chair.getByRole('button', { name: 'Open the round' }).click();
      await chair.getByRole('heading', { name: '0 of 12 have handed in' }).waitFor();
    },
    chair,
  );
  const wide = await opened(juror(1), { viewport: { width: 1280, height: 900 } });
  await check(
    'a juror scores both entries by keyboard',
    async () => {
      await wide.goto(desk);
      await scores(wide, [2, 0]);
    },
    wide,
  );
  const phone = { viewport: { width: 360, height: 800 }, colorScheme: 'dark', hasTouch: true };
  const narrow = await opened(juror(2), phone);
  await check(
    'a second one finishes on a phone, and sees both dots and which is the own one',
    async () => {
      await first(await apiAs(server, juror(2)), desk, 1);
      await narrow.goto(desk);
      await scores(narrow, [undefined, 2]);
      await narrow.getByText('You gave 20.0: 10.0 below the median.').waitFor();
      await narrow.getByText('You gave 40.0: 20.0 above the median.').waitFor();
    },
    narrow,
  );
  await check(
    'the chair sees the spread without names, and closes the round',
    async () => {
      await chair.reload();
      await chair.getByRole('heading', { name: '2 of 12 have handed in' }).waitFor();
      await chair.getByRole('img', { name: '20.0 · 40.0' }).waitFor();
      await chair.getByRole('button', { name: 'Close the round' }).click();
      await chair.getByRole('dialog').getByRole('button', { name: 'Close the round' }).click();
      await chair.getByText('Closed', { exact: true }).first().waitFor();
    },
    chair,
  );
  await check('the ranking knows the reviews alone', () => ranked(server, challenge));
  await check('no fault in the console', () => {
    const all = faults.flatMap((each) => each.all);
    if (all.length > 0) throw new Error(all.join('\n'));
  });
  for (const page of [chair, wide, narrow]) await page.context().close();
}

/** The first entry was scored before, somewhere else. */
async function first(me, desk, score) {
  const { items, criteria } = await me.get(desk);
  const scores = criteria.map((each) => ({ criterionId: each.id, score }));
  const path = `${desk}/entries/${items[0].entry.entryId}`;
  await me.put(path, { scores, toTeam: '', language: 'en' }, { match: '"0"' });
}

/** By keyboard: every criterion of an entry gets its entry's score, if it has none yet; then all is handed in. */
async function scores(page, given) {
  const keys = keyboard(page);
  const groups = page.locator('[data-criterion]');
  for (const [at, score] of given.entries()) {
    const tab = page.getByRole('tab', { name: /^FT-/ });
    await tab.first().waitFor();
    if (at > 0) {
      await keys.to(tab, { key: 'Shift+Tab' });
      await keys.press('ArrowRight');
      await tab.nth(at).and(page.locator('[aria-selected=true]')).waitFor();
    }
    for (let n = 0; score !== undefined && n < (await groups.count()); n++) {
      await keys.to(groups.nth(n).getByRole('radio'));
      await keys.press('Space');
      for (let up = 0; up < score; up++) await keys.press('ArrowRight');
      await groups.nth(n).locator(`input[value="${score}"]:checked`).waitFor();
    }
    if (at === 0) await sound(page);
  }
  await keys.activate(page.getByRole('button', { name: 'Hand in your scores' }));
  await keys.activate(page.getByRole('dialog').getByRole('button', { name: 'Hand in your scores' }));
  await page.getByRole('heading', { name: 'How far apart the jury is' }).waitFor();
}

/** No entry has a mean after the round, and afterwards that of the reviews, which put the entries the other way round. */
async function ranked(server, challenge) {
  const chair = await apiAs(server, accounts.chair);
  const path = `/manage/challenges/${challenge}`;
  const means = async (wanted) => {
    const { rows } = await chair.get(`${path}/ranking`);
    rows.sort((a, b) => a.reference.localeCompare(b.reference));
    const found = rows.map((row) => `${row.reviews} ${row.mean ?? 'none'}`).join(', ');
    if (found !== wanted) throw new Error(`reviews and means are ${found}, not ${wanted}`);
  };
  await means('0 none, 0 none');
  const { jurors } = await chair.get(`${path}/jury`);
  const seats = jurors.filter((each) => each.declared && each.juror).map((each) => each.seatId);
  await chair.post(`${path}/assign`, { mode: 'all', preview: false, seats });
  for (const n of [1, 2]) await review(await apiAs(server, juror(n)), challenge);
  await means('2 20, 2 80');
}

/** A juror gives the first entry a 1 in everything, the second a 4. */
async function review(me, challenge) {
  const { items, criteria } = await me.get(`/jury/challenges/${challenge}/queue`);
  items.sort((a, b) => a.reference.localeCompare(b.reference));
  for (const [at, { assignmentId }] of items.entries()) {
    const path = `/jury/assignments/${assignmentId}/review`;
    await me.put(
      path,
      {
        scores: criteria.map((each) => ({ criterionId: each.id, score: [1, 4][at] })),
        toTeam: 'Clear and easy to try.',
        toJury: '',
        language: 'en',
      },
      { match: '"0"' },
    );
    await me.post(`${path}/submit`, undefined, { match: '"1"' });
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
