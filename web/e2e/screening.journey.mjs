import { naming } from './jury/naming.mjs';
import { accounts, apiAs, check, launch, signIn, startServer, watch } from './lib/index.mjs';
import { publishChallenge } from './lib/world/challenge.mjs';
import { enter } from './lib/world/entry.mjs';
import { deadline } from './lib/world/jury.mjs';

const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What is between a campaign link and the jury: numbers, the seal, the check, corrections, and a
 * juror whom a team names. */
export async function run() {
  const server = await startServer({ name: 'screening' });
  const browser = await launch();
  const open = async (email) => {
    const context = await browser.newContext({ userAgent: agent, baseURL: server.url });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.faults = watch(page);
    if (email) await signIn(page, server, email);
    return page;
  };
  try {
    const challenge = await publishChallenge(server, {
      slug: 'beaches-screened',
      title: 'Playas revisadas',
      closesIn: 120,
      eligibility: '¿Tiene seguro?',
    });
    await journey(server, challenge, open);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function journey(server, challenge, open) {
  const at = `/manage/challenges/${challenge.id}`;
  const official = await open(accounts.santander);
  const member = await apiAs(server, accounts.startup);
  let link = '';

  await check(
    'an official makes a campaign link',
    async () => {
      await official.goto(`${at}/numbers`);
      await official.getByRole('heading', { level: 1, name: 'Numbers' }).waitFor();
      await official.getByRole('textbox', { name: /^Name of the new link/ }).fill('F6S');
      await official.getByRole('button', { name: 'Make the link' }).click();
      await official.getByRole('heading', { level: 3, name: 'F6S' }).waitFor();
      link = (await official.locator('.numbers-link').textContent()).match(/\/c\/[a-z0-9]+/)[0];
    },
    official,
  );
  await check('the link leads to the challenge without a cookie', () => visit(open, link, challenge));
  await check('a member follows it from there', () => follow(open, link));

  const code = link.split('/').at(-1);
  const gull = await enter(member, challenge.slug, { team: 'Gull', eligible: { asked: true } });
  const heron = await enter(member, challenge.slug, { team: 'Heron', eligible: { asked: false } });
  const puffin = await enter(member, challenge.slug, { team: 'Puffin', eligible: { asked: true } });
  const { id: teamId } = await member.post('/teams', { name: 'Came by F6S', kind: 'startup', country: 'JP' });
  await member.post(`/challenges/${challenge.slug}/entries`, { teamId, language: 'ja', source: code });

  await check(
    'sealed entries are opened early by two people, on record',
    () => early(official, at, open, gull),
    official,
  );
  await deadline(challenge);
  await check('a preview counts, and a run is undone', () => bulk(official, at), official);
  await check('a correction goes to the team and back', () => correct(official, at, open, heron), official);
  await check('all that match are passed', () => passAll(official, at, puffin), official);
  await check('the numbers name the source', () => numbers(official, at), official);
  await naming(server, challenge, puffin, { team: 'Puffin', other: 'Gull' }, open);
  await check('no page complained', () => {
    const all = official.faults.take();
    if (all.length > 0) throw new Error(all.join('\n'));
  });
}

async function visit(open, link, challenge) {
  const page = await open();
  await page.goto(link);
  const url = new URL(page.url());
  if (url.pathname !== `/challenges/${challenge.slug}` || !url.searchParams.get('from')) throw page.url();
  await page.getByRole('link', { name: 'Sign in to follow' }).waitFor();
  const start = await page
    .getByRole('link', { name: /^Start/ })
    .first()
    .getAttribute('href');
  if (!start.endsWith(`?from=${url.searchParams.get('from')}`)) throw new Error(start);
  const cookies = await page.context().cookies();
  if (cookies.length > 0) throw new Error(JSON.stringify(cookies));
  await page.context().close();
}

async function follow(open, link) {
  const page = await open(accounts.startup);
  await page.goto(link);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await page.getByRole('button', { name: 'Stop following' }).waitFor();
  await page.context().close();
}

async function early(page, at, open, entry) {
  await page.goto(`${at}/entries`);
  await page.getByText('The entries are sealed until the deadline').waitFor();
  if (await page.getByText('Plan of Gull').count()) throw new Error('a sealed entry is shown');
  const propose = { name: 'Propose to open early' };
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', propose).click();
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('A team reports a broken form.');
  await dialog.getByRole('button', propose).click();
  await dialog.getByText('Confirm that you know it').first().waitFor();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', propose).click();
  await page.getByText('A second official has to confirm it.').waitFor();
  if (await page.getByText('Plan of Gull').count()) throw new Error('a proposal opens nothing');
  const second = await open(accounts.santanderApprover);
  await second.goto(`${at}/entries`);
  await second.getByText('A team reports a broken form.').waitFor();
  await second.getByRole('button', { name: 'Open early' }).click();
  await second.getByRole('dialog').getByRole('button', { name: 'Open early' }).click();
  await second.getByText('Plan of Gull').waitFor();
  await second.context().close();
  await page.reload();
  await page.getByText('Plan of Gull').waitFor();
  const visitor = await open();
  await visitor.goto('/record');
  await visitor.getByText('A team reports a broken form.').waitFor();
  await visitor.context().close();
  const team = await open(accounts.startup);
  await team.goto(`/my/entries/${entry.id}`);
  await team.getByText('The city opened the entries before the deadline').waitFor();
  await team.context().close();
}

async function bulk(page, at) {
  await page.goto(`${at}/entries`);
  await page
    .getByRole('checkbox', { name: /^Select / })
    .first()
    .check();
  await page.getByRole('button', { name: 'Select the 3 shown' }).click();
  await page.getByText('3 entries selected').waitFor();
  await page.getByRole('button', { name: 'Fail…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'The entry repeats another one' }).check();
  await dialog.getByRole('button', { name: 'See what will change' }).click();
  await dialog.getByText('3 entries will fail').waitFor();
  await dialog.getByRole('button', { name: 'Fail 3' }).click();
  await page.getByText('3 entries failed').waitFor();
  await page.getByText('3 teams have not been told').waitFor();
  await page.getByRole('button', { name: 'Undo this' }).click();
  await page.getByText('3 verdicts undone').waitFor();
}

async function correct(page, at, open, entry) {
  await page.goto(`${at}/entries?q=${entry.reference}`);
  await page.getByRole('link', { name: entry.reference }).click();
  // What the team said to the eligibility question stands beside what is wanted.
  await page.getByRole('definition').filter({ hasText: /^No\b/ }).getByText('Does not fit').waitFor();
  await page.getByRole('button', { name: 'Request correction…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByRole('textbox', { name: /^What the team should change/ }).fill('Say where.');
  const look = dialog.getByRole('button', { name: 'See what will change' });
  await look.click();
  // Going back from there loses nothing.
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await look.click();
  await dialog.getByRole('button', { name: 'Ask 1' }).click();
  await page.getByText('The team has fields open').waitFor();

  const team = await open(accounts.startup);
  await team.goto(`/my/entries/${entry.id}`);
  const banner = team.locator('.notice', { hasText: 'Fields to correct' });
  await banner.getByText('Say where.').waitFor();
  await banner.getByRole('link').first().click();
  const fields = team.locator('form.form').locator('input, textarea');
  await fields.first().waitFor();
  if ((await fields.count()) !== 1) throw new Error(`${await fields.count()} fields are open`);
  await fields.first().fill('Plan of Heron, at the second beach');
  await team.getByText(/^Draft saved/).waitFor();
  await team.goto(`/my/entries/${entry.id}/check`);
  await team.getByRole('button', { name: /^Submit/ }).click();
  await team.waitForURL(/\/submitted$/);
  await team.goto(`/my/entries/${entry.id}`);
  await team.getByText('The correction has been sent').waitFor();
  await team.context().close();

  await page.reload();
  await page.getByText('The team sent a correction').waitFor();
  await page.getByText('Plan of Heron, at the second beach').first().waitFor();
  await page.getByText('Plan of Heron', { exact: true }).first().waitFor();
}

async function passAll(page, at) {
  await page.goto(`${at}/entries`);
  await page.getByRole('button', { name: 'Select all 3 that match the filter' }).click();
  await page.getByRole('button', { name: 'Pass', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('3 entries will pass').waitFor();
  await dialog.getByRole('button', { name: 'Pass 3' }).click();
  await page.getByText('3 entries passed').waitFor();
}

async function numbers(page, at) {
  await page.goto(`${at}/numbers`);
  const row = page.getByRole('row', { name: /^F6S/ });
  // Two looks from one browser within the hour are one view; it is written every few seconds.
  const cells = async () => (await row.locator('th, td').allTextContents()).join(' ').trim();
  for (let tries = 0; tries < 10 && (await cells()) !== 'F6S 1 1 1 0'; tries++) {
    await page.waitForTimeout(1000);
    await page.reload();
    await row.waitFor();
  }
  if ((await cells()) !== 'F6S 1 1 1 0') throw new Error(await cells());
  await page.getByRole('img', { name: 'Views by day' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  if (!download.suggestedFilename().startsWith('numbers-beaches-screened'))
    throw download.suggestedFilename();
}
