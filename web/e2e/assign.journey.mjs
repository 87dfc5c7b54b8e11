import { accounts, apiAs, check, launch, signIn, startServer, watch } from './lib/index.mjs';
import { publishChallenge } from './lib/world/challenge.mjs';
import { enter } from './lib/world/entry.mjs';
import { deadline } from './lib/world/jury.mjs';
import { follow, overflow, settled, violations } from './routes/inspect.mjs';

/** The chair assigns: what jurors can read, rules for pairs, preview with what is unmet, drop-out, re-seat. */
export async function run() {
  const server = await startServer({ name: 'assign' });
  const browser = await launch();
  try {
    const challenge = await publishChallenge(server, {
      slug: 'beaches-assigned',
      title: 'Playas repartidas',
      closesIn: 90,
    });
    const member = await apiAs(server, accounts.startup);
    for (const team of ['Gull', 'Heron', 'Puffin']) await enter(member, challenge.slug, { team });
    await deadline(challenge);
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    follow(page);
    const faults = watch(page);
    await signIn(page, server, accounts.chair);
    await page.goto(`/manage/challenges/${challenge.id}/jury?tab=assign`);
    await settled(page);
    const { jurors } = await (await apiAs(server, accounts.chair)).get(
      `/manage/challenges/${challenge.id}/assignment`,
    );
    const juror = jurors.find((each) => each.juror).name;
    const chair = jurors.find((each) => !each.juror).name;
    await journey(page, juror, chair);
    await check('no fault in the console', () => {
      if (faults.all.length > 0) throw new Error(faults.all.join('\n'));
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function journey(page, juror, chair) {
  const plan = page.getByRole('region', { name: 'What would happen' });
  const summary = (text) => page.locator('summary', { hasText: text });
  const preview = async () => {
    await page.getByRole('button', { name: 'Preview' }).click();
    await plan.waitFor();
  };
  const sound = async () => {
    const faults = await violations(page);
    await page.setViewportSize({ width: 320, height: 800 });
    faults.push(...(await overflow(page)));
    await page.setViewportSize({ width: 1280, height: 900 });
    if (faults.length > 0) throw new Error(faults.join('\n'));
  };

  await check(
    'what a juror can read is set',
    async () => {
      await summary('What each juror can read').click();
      await page.getByRole('button', { name: `Change ${juror}` }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Host city' }).selectOption({ label: 'Santander' });
      await dialog.getByRole('checkbox', { name: 'English' }).check();
      await dialog.getByRole('checkbox', { name: 'Español' }).check();
      await dialog.getByRole('spinbutton', { name: /^At most/ }).fill('2');
      await sound();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('cell', { name: 'English, Español' }).waitFor();
    },
    page,
  );
  await check(
    'one pair is pinned, one forbidden',
    async () => {
      await summary('Rules for single entries (0)').click();
      await rule(page, juror, 'always reads', 'Gull');
      await summary('Rules for single entries (1)').waitFor();
      await rule(page, chair, 'never reads', 'Gull');
      await summary('Rules for single entries (2)').waitFor();
      await page.getByRole('row', { name: /Gull.*always reads/ }).waitFor();
    },
    page,
  );
  await check(
    'a preview names what cannot be met, and draws the loads',
    async () => {
      await page.getByRole('radio', { name: 'A number of reviews for each entry' }).check();
      await page.getByRole('spinbutton', { name: 'Reviews for each entry' }).fill('2');
      await page.getByRole('checkbox', { name: chair }).check();
      await preview();
      await plan.getByText('Not enough jurors who can read these').waitFor();
      await plan.getByText(/Gull: 1 review short \(Not open to: 1 in conflict or excluded.\)/).waitFor();
      await plan.getByText(/: 1 review short \(Not open to: 1 at the limit.\)/).waitFor();
      await plan.getByRole('row', { name: new RegExp(`${juror} 0 2 \\(at most 2\\)`) }).waitFor();
      await plan.getByText('no better plan exists').waitFor();
      await sound();
    },
    page,
  );
  await check(
    'one review each is assigned, its seed published',
    async () => {
      await page.getByRole('spinbutton', { name: 'Reviews for each entry' }).fill('1');
      await preview();
      const seed = await plan.locator('code').textContent();
      await plan.getByRole('button', { name: 'Assign 3 reviews' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Assign 3 reviews' }).click();
      await page.getByText('0 of 3 submitted').waitFor();
      await summary('Assignments made').click();
      await page.getByRole('row', { name: new RegExp(seed) }).waitFor();
    },
    page,
  );
  await check(
    'who drops out is replaced by an assignment of what is free',
    async () => {
      await page.getByRole('button', { name: `Drops out ${juror}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Drop out' }).click();
      await page.getByText(/^\d reviews? (is|are) free\./).waitFor();
      await page.getByRole('row', { name: new RegExp(`${juror} dropped out`) }).waitFor();
      await preview();
      await plan.getByText('Not enough jurors who can read these').waitFor();
      await sound();
      await page.getByRole('button', { name: `Comes back ${juror}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click();
      await page.getByRole('button', { name: `Drops out ${juror}` }).waitFor();
    },
    page,
  );
}

async function rule(page, juror, kind, team) {
  await page.getByRole('combobox', { name: 'Juror' }).selectOption({ label: juror });
  await page.getByRole('combobox', { name: 'Rule' }).selectOption({ label: kind });
  const entry = page.getByRole('combobox', { name: 'Entry' });
  const value = await entry.locator('option', { hasText: team }).getAttribute('value');
  await entry.selectOption(value);
  await page.getByRole('button', { name: 'Add the rule' }).click();
}
