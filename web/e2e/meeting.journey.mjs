import { execFileSync } from 'node:child_process';
import { pitchRound } from './jury/pitch.mjs';
import { calibrationRound } from './jury/round.mjs';
import { accounts, apiAs, check, launch, signIn, startServer, watch } from './lib/index.mjs';
import { program, repository } from './lib/server.mjs';
import { follow, overflow, settled, violations } from './routes/inspect.mjs';

/** The rounds of a jury, then its meeting: attendance, an entry that somebody leaves for, votes, the close, the minutes. */
export async function run() {
  const server = await startServer({ name: 'meeting' });
  const browser = await launch();
  try {
    const of = await demonstration(server);
    await calibrationRound(browser, server, await of('closed'));
    const challenge = await of('deliberation'); // its scores are locked
    await pitchRound(browser, server, `/manage/challenges/${challenge}`, challenge);
    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    follow(page);
    const faults = watch(page);
    await signIn(page, server, accounts.chair);
    await journey(page, `/manage/challenges/${challenge}`);
    await check('no fault in the console', () => {
      // Opening without a quorum is refused, which the browser writes down.
      const others = faults.all.filter((each) => !/409 \(Conflict\).*\/meeting\/open/.test(each));
      if (others.length > 0) throw new Error(others.join('\n'));
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Fills the server with the demonstration; gives what finds a challenge of one of its stages. */
async function demonstration(server) {
  execFileSync(program, ['seed', 'demo', '--entries', '40'], {
    cwd: repository,
    stdio: 'ignore',
    env: {
      ...process.env,
      FIELDTRIAL_DATA: server.data,
      FIELDTRIAL_ADDR: server.url.replace('http://', ''),
      FIELDTRIAL_DEMO_PASSWORD: server.password,
    },
  });
  const admin = await apiAs(server, accounts.admin);
  const contests = (await admin.get('/manage/contests?limit=100')).items;
  return async (stage) => {
    const { id } = contests.find((each) => each.slug === `demo-${stage}`);
    return (await admin.get(`/manage/challenges?contestId=${id}`)).items[0].id;
  };
}

async function journey(page, path) {
  await check(
    'without a quorum the meeting does not open, with one it does',
    async () => {
      await page.goto(`${path}/jury`);
      await page.getByRole('link', { name: 'Meeting of the jury' }).click();
      const people = page.getByRole('combobox', { name: /chair\)|member of the jury\)/ });
      await people.first().selectOption('present');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/^1 of \d+ members are there/).waitFor();
      await page.getByRole('button', { name: 'Open the meeting' }).click();
      await page.getByText(/There is no quorum: 1 member is there/).waitFor();
      const all = await people.count();
      for (let at = 0; at < all; at++) await people.nth(at).selectOption('present');
      await page.getByRole('textbox', { name: /^Secretary/ }).fill('The secretary');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(`${all} of ${all} members are there`).waitFor();
      await page.getByRole('button', { name: 'Open the meeting' }).click();
      await page.getByRole('table', { name: 'Entries in the order of the ranking' }).waitFor();
    },
    page,
  );
  const rows = page.getByRole('table', { name: 'Entries in the order of the ranking' }).getByRole('row');
  const recommend = async (at, outcome, place) => {
    const row = rows.nth(at + 1);
    await row.getByRole('button', { name: /^Discuss / }).click();
    await row.getByText('under discussion').waitFor();
    await vote(row, outcome, place);
  };
  const vote = async (row, outcome, place) => {
    await page.getByRole('radio', { name: outcome, exact: true }).check();
    if (place) await page.getByRole('spinbutton', { name: /^Place among/ }).fill(place);
    await page.getByRole('spinbutton', { name: 'For' }).fill('3');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await row.getByText('for 3, against 0').waitFor();
  };
  await check(
    'a conflict found in the meeting is noted, and who has it leaves',
    async () => {
      await recommend(0, 'Winner', '1');
      await page.getByRole('button', { name: 'Somebody is in conflict' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: /^Who/ }).selectOption({ index: 2 });
      await dialog.getByRole('textbox', { name: /^Why/ }).fill('Worked for them until last year.');
      await dialog.getByRole('button', { name: 'Recuse and note that they left' }).click();
      await rows
        .nth(1)
        .getByText(/^Left the room:/)
        .waitFor();
      await rows.nth(1).getByText('pending').waitFor(); // who left had voted
      await vote(rows.nth(1), 'Winner', '1');
    },
    page,
  );
  await check(
    'the projector shows what is under discussion, and says that it hides what somebody must not see',
    async () => {
      const wall = await page.context().newPage();
      await wall.goto(`${path}/meeting/projector`);
      await wall.getByRole('table', { name: 'Entries in the order of the ranking' }).waitFor();
      await wall.getByRole('heading', { level: 2 }).waitFor();
      await page.getByRole('button', { name: 'End the discussion' }).click();
      await wall.getByText('Entries from which somebody in the room is recused are not shown.').waitFor();
      await wall.close();
    },
    page,
  );
  await check(
    'everything takes effect at once, and the minutes can be signed',
    async () => {
      const n = (await rows.count()) - 1;
      for (let at = 1; at < n; at++) await recommend(at, 'Not selected');
      await page.getByRole('button', { name: 'Close the meeting' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Close the meeting' }).click();
      await page.getByRole('link', { name: 'Read and print the minutes' }).click();
      await page.getByRole('heading', { level: 1, name: 'Minutes of the meeting of the jury' }).waitFor();
      await page.getByText('Seen and approved: the chair').waitFor();
      await settled(page);
      const faults = await violations(page);
      await page.setViewportSize({ width: 320, height: 800 });
      faults.push(...(await overflow(page)));
      const sheets = await page.pdf({ format: 'A4', tagged: true });
      const pages = sheets.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      if (!sheets.toString('latin1', 0, 5).startsWith('%PDF-') || pages === 0)
        faults.push('the minutes are no PDF');
      await page.emulateMedia({ media: 'print' });
      for (const wanted of ['The secretary', 'Seen and approved: the chair'])
        if (!(await page.getByText(wanted).first().isVisible()))
          faults.push(`not on the printed sheet: ${wanted}`);
      if (await page.getByRole('navigation').first().isVisible()) faults.push('the navigation is printed');
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
    page,
  );
}
