// A team on a phone: from registering to a receipt, with a mate who gets rights, and what the team sees of
// its entry afterwards.
import { sql } from './journey/sql.mjs';
import { Stage } from './journey/stage.mjs';
import { accounts, api, apiAs, check, launch, linkIn, startServer, waitForMail } from './lib/index.mjs';
import { pdf } from './lib/world/entry.mjs';

const phone = { width: 360, height: 740 };
const founder = { email: 'ana@airlab.example', password: 'seven buses before breakfast', name: 'Ana' };
const mate = { email: 'mate@elsewhere.example', password: 'eight buses before breakfast', name: 'Mate' };

const steps = [
  ['a phone: from registering to the receipt in far less than twelve minutes', enterOnAPhone],
  ['an organisation that is known is offered by its name and claimed at once by its domain', claim],
  ['a mate without an account accepts by an act and gets the right to submit', invite],
  ['the mate reads what happens next, ranks testbeds by keyboard, sends it', rankAndSend],
  ['versions show what changed, word by word; the print has hashes and the receipt', versions],
  ['the consent to the gallery is no until it is given', consent],
  ['the ownership goes to who accepts; the last owner cannot leave; the member leaves', transfer],
  ['an admin decides over a claim that no domain shows', decide],
];

export async function run() {
  const server = await startServer({ name: 'entrant' });
  const browser = await launch();
  const stage = new Stage(server, browser);
  try {
    const { items } = await (await apiAs(server, accounts.startup)).get('/challenges?status=open');
    stage.known.slug = items[0].slug;
    for (const [name, step] of steps) {
      const passed = await check(
        name,
        async () => {
          await step(stage);
          await stage.close();
        },
        () => stage.last,
      );
      // Without an entry there is nothing to look at.
      if (!passed && step === enterOnAPhone) break;
    }
  } finally {
    await stage.end();
    await browser.close();
    await server.stop();
  }
}

/** Nothing may be wider than the phone. */
async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) throw new Error(`${page.url()} is ${over} px wider than the window`);
}

async function enterOnAPhone(stage) {
  const start = Date.now();
  const page = await stage.visit(`/challenges/${stage.known.slug}/enter`, phone);
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Sign in', exact: true }).click();
  await main.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(founder.name);
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(founder.email);
  await page.getByLabel('Password').fill(founder.password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Look in your mailbox' }).waitFor();
  await page.goto(linkIn(await waitForMail(stage.server, founder.email), '/confirm-email'));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  // The new account was signed in when it was made.
  await page.getByRole('main').getByRole('link', { name: 'Continue', exact: true }).click();
  await page.waitForURL(/\/enter$/);
  await page.getByRole('textbox', { name: /^Name of the team/ }).fill('Kerbside');
  await page.getByRole('radio', { name: 'Startup' }).check();
  await page.getByRole('combobox', { name: /^Country/ }).selectOption({ label: 'Spain' });
  await fits(page);
  await page.getByRole('button', { name: 'Start the entry' }).click();
  await page.waitForURL(/\/my\/entries\/[0-9a-f-]+$/);
  stage.known.entry = new URL(page.url()).pathname.split('/').at(-1);
  await page.getByText('Not submitted yet').first().waitFor();
  await fits(page);
  await fillIn(page);
  await page.getByRole('link', { name: 'Check and submit' }).click();
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your entry has been received' }).waitFor();
  await fits(page);
  const download = page.waitForEvent('download', { timeout: 40_000 });
  await page.getByRole('button', { name: 'Download the receipt' }).click();
  await download;
  stage.known.seconds = (Date.now() - start) / 1000;
  const { body } = await ownEntry(stage);
  stage.known.team = body.team.id;
}

/** Walks through the sections as they come, by "Next", filling what is required. */
async function fillIn(page) {
  // The page before stays until the next one is ready: its heading has gone when there is something to fill in.
  let heading = await page.locator('h1').textContent();
  await page.locator('.task a').first().click();
  for (let at = 0; at < 8; at++) {
    await page.locator('h1').filter({ hasNotText: heading }).waitFor();
    heading = await page.locator('h1').textContent();
    await page.locator('main form .field').first().waitFor();
    for (const box of await page
      .locator('main textarea, main input:not([type]), main input[type=text]')
      .all()) {
      await box.fill('Weight mats count who waits. 数える。');
    }
    const url = page.locator('main input[type=url]');
    if (await url.count()) await url.first().fill('https://kerbside.example/');
    const radio = page.locator('main input[type=radio]');
    if (await radio.count()) await radio.first().check();
    const file = page.locator('main input[type=file]');
    if (await file.count()) {
      await file.first().setInputFiles(pdf.pathname);
      await page.getByText('pitch.pdf').first().waitFor();
      await page
        .getByText(/^(Checked|Not scanned|Being checked)$/)
        .first()
        .waitFor();
    }
    await fits(page);
    const next = page.getByRole('link', { name: /^Next: / });
    if (!(await next.count())) break;
    const saved = page.getByText(/^Draft saved \d/);
    if (await page.locator('main textarea, main input:not([type]), main input[type=text]').count())
      await saved.waitFor();
    await next.click();
  }
  await page.getByRole('link', { name: 'Back to all sections' }).click();
  await page.getByText('Nothing is missing.').waitFor({ timeout: 20_000 });
}

async function ownEntry(stage, who = founder) {
  const call = await apiAs(stage.server, who.email, who.password);
  return { call, body: await call.get(`/entries/${stage.known.entry}`) };
}

async function claim(stage) {
  await sql(
    stage.server,
    `insert into teams (id, name, kind, country, website, unclaimed) values
      (gen_random_uuid(), 'Airlab, Inc.', 'startup', 'US', 'https://www.airlab.example', true),
      (gen_random_uuid(), 'Otherlab', 'startup', 'US', 'https://otherlab.example', true)`,
  );
  const page = await stage.as(founder.email, '/my/teams/new', { ...phone, ...founder });
  await page.getByRole('textbox', { name: /^Name of the team/ }).fill('airlab');
  await page.getByRole('heading', { name: 'Is it one of these?' }).waitFor();
  await fits(page);
  await page.getByRole('button', { name: 'This is us: Airlab, Inc.' }).click();
  await page.getByRole('heading', { level: 1, name: 'Airlab, Inc.' }).waitFor();
  await page.goto('/my/teams/new');
  await page.getByRole('textbox', { name: /^Name of the team/ }).fill('Otherlab');
  await page.getByRole('button', { name: 'This is us: Otherlab' }).click();
  await page.getByRole('textbox', { name: /^How can we see/ }).fill('I founded it.');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('Asked; waiting for an administrator').waitFor();
  await page.goto('/my/teams');
  await page.getByText('An administrator is looking at your request for Otherlab.').waitFor();
}

async function invite(stage) {
  const page = await stage.as(founder.email, `/my/teams/${stage.known.team}`, { ...phone, ...founder });
  await page.getByRole('textbox', { name: /^E-mail address/ }).fill(mate.email);
  await page.getByRole('radio', { name: 'Reads' }).check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByRole('button', { name: `Take the invitation to ${mate.email} back` }).waitFor();
  await fits(page);
  const mail = await waitForMail(stage.server, mate.email, ({ subject }) => subject.includes('Kerbside'));
  const theirs = await stage.visit('/', phone);
  await theirs.goto(linkIn(mail, '/invitation'));
  await theirs.getByRole('textbox', { name: 'Your name' }).fill(mate.name);
  await theirs.getByLabel('Password').fill(mate.password);
  await theirs.getByRole('button', { name: /accept/i }).click();
  // What the role allows is told before it is accepted as well.
  await theirs.getByRole('heading', { level: 1, name: 'You have accepted' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: `Change what ${mate.name} may do` }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Edits and submits' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(`${mate.name} may now: Edits and submits.`).waitFor();
}

async function rankAndSend(stage) {
  const page = await stage.as(mate.email, `/my/entries/${stage.known.entry}`, { ...phone, ...mate });
  await page.getByRole('heading', { name: 'What happens next' }).waitFor();
  for (const step of ['Deadline', 'End of judging', 'Results']) {
    await page.locator('.timeline-name', { hasText: step }).waitFor();
  }
  await page.getByRole('link', { name: 'Testbeds you would take' }).click();
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
  const add = page.getByRole('button', { name: /^Add .* to the order$/ });
  const names = [];
  for (let n = 0; n < 2; n++) {
    names.push((await add.first().getAttribute('aria-label')).slice('Add '.length, -' to the order'.length));
    await add.first().focus();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: `Move ${names[1]} up` }).focus();
  await page.keyboard.press('Enter');
  await page
    .locator('.ranks .rank-number')
    .first()
    .filter({ hasText: `1. ${names[1]}` })
    .waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  if (!focused.includes(names[1])) throw new Error(`the focus went to “${focused}”`);
  await fits(page);
  await page.goto(`/my/entries/${stage.known.entry}`);
  await page.getByText('Changes not submitted').first().waitFor();
  await page.locator('.task a').first().click();
  const title = page.locator('main input:not([type]), main input[type=text]').first();
  await title.fill('Light mats count who waits. 数えます。');
  await page.getByText(/^Draft saved \d/).waitFor();
  await page.goto(`/my/entries/${stage.known.entry}/check`);
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.waitForURL(/\/submitted$/);
  await page.goto(`/my/entries/${stage.known.entry}/testbeds`);
  stage.known.first = names[1];
}

async function versions(stage) {
  const page = await stage.as(founder.email, `/my/entries/${stage.known.entry}/history`, {
    ...phone,
    ...founder,
  });
  await page.getByRole('heading', { name: 'Submission 2' }).waitFor();
  await page.locator('ins', { hasText: 'Light' }).first().waitFor();
  await page.locator('del', { hasText: 'Weight' }).first().waitFor();
  await page.getByText('Order of testbeds').first().waitFor();
  await fits(page);
  await page.getByRole('link', { name: 'Print this version' }).first().click();
  await page.getByRole('heading', { level: 1, name: /^Entry FT-/ }).waitFor();
  await page.getByText(/submission 2$/).waitFor();
  await page
    .locator('code.hash')
    .first()
    .filter({ hasText: /^[0-9a-f]{64}$/ })
    .waitFor();
  await fits(page);
  await page.emulateMedia({ media: 'print' });
  if (await page.getByRole('button', { name: 'Print', exact: true }).isVisible()) {
    throw new Error('the button is printed');
  }
}

async function consent(stage) {
  const page = await stage.as(founder.email, `/my/entries/${stage.known.entry}`, { ...phone, ...founder });
  const box = page.getByRole('checkbox', { name: /^Show this entry in the public gallery/ });
  await box.waitFor();
  if (await box.isChecked()) throw new Error('agreed without having been asked');
  await box.check();
  await page.getByText('The entry will be shown after the results.').waitFor();
  const { items: contests } = await api(stage.server.url).get('/contests');
  const gallery = await api(stage.server.url).get(`/contests/${contests[0].slug}/gallery`);
  if (gallery.items.length + gallery.challenges.length > 0) throw new Error('shown before the results');
  await page.goto(`/contests/${contests[0].slug}/gallery`);
  await page.getByText('The results are not out yet').waitFor();
}

async function transfer(stage) {
  const page = await stage.as(founder.email, `/my/teams/${stage.known.team}`, { ...phone, ...founder });
  await page.getByText('You are the only owner.').waitFor();
  await page.getByRole('combobox', { name: /^New owner/ }).selectOption({ label: mate.name });
  await page.getByRole('button', { name: 'Offer the ownership' }).click();
  await page.getByText(`Ownership offered to ${mate.name}`).waitFor();
  await waitForMail(stage.server, mate.email, ({ subject }) => subject.includes('ownership'));
  const theirs = await stage.as(mate.email, `/my/teams/${stage.known.team}`, { ...phone, ...mate });
  await theirs.getByRole('button', { name: 'Become the owner' }).click();
  await theirs.getByText('You are the owner of this team now.').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Leave the team' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the team' }).click();
  await page.waitForURL(/\/my\/teams$/);
  // The account goes on, and the entry is gone for it.
  const call = await apiAs(stage.server, founder.email, founder.password);
  const status = await call.get(`/entries/${stage.known.entry}`).catch((error) => error.status);
  if (status !== 404) throw new Error(`the entry answers ${JSON.stringify(status)}`);
}

async function decide(stage) {
  const page = await stage.as(accounts.admin, '/admin/claims', { language: 'ja' });
  await page.getByRole('button', { name: '承認：Otherlab、Anaさん' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '承認' }).click();
  await page.getByText('確認待ちの申請はありません').waitFor();
  await waitForMail(stage.server, founder.email, ({ subject }) => subject.includes('Otherlab'));
}
