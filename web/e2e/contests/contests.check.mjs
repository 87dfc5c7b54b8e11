// A rehearsal from its start to its wiping, and a translation that is asked for, in a real browser.
import { accounts, apiAs, check, launch, linkIn, signIn, startServer, waitForMail } from '../lib/index.mjs';
import { draftChallenge } from '../lib/world/challenge.mjs';
import { enter } from '../lib/world/entry.mjs';

export async function run() {
  const server = await startServer({ name: 'contests' });
  const browser = await launch();
  try {
    const open = async (account) => {
      const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      if (account) await signIn(page, server, account);
      return page;
    };
    const scene = { server, open, admin: await open(accounts.admin) };
    const steps = [
      ['an admin starts a rehearsal from a past contest', starts],
      ['it is marked wherever it shows, and takes entries', isMarked],
      ['it counts in no figure', countsNowhere],
      ['it is wiped in one act, and only by its name', isWiped],
      ['a contest is made, announced, archived and taken back', lives],
    ];
    for (const [name, step] of steps) {
      if (!(await check(`contests: ${name}`, () => step(scene), scene.admin))) break;
    }
    const desk = await open(accounts.santander);
    await check('translations: somebody outside is asked, accepts and translates', () =>
      translates({ ...scene, desk }),
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function starts(scene) {
  const { admin: page } = scene;
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Contests', exact: true }).click();
  await page.getByRole('link', { name: 'Make a contest' }).first().click();
  await page.getByLabel('This is a rehearsal').check();
  await page.getByLabel('Length in minutes').fill('5');
  await page.getByLabel('Publish copies of its challenges in it').check();
  await page.getByRole('button', { name: 'Start the rehearsal' }).click();
  await page.getByRole('link', { name: 'Give a length between 10 and 43,200 minutes.' }).waitFor();
  await page.getByLabel('Length in minutes').fill('60');
  await page.getByRole('button', { name: 'Start the rehearsal' }).click();
  await page.getByRole('heading', { level: 1, name: /^Rehearsal: / }).waitFor();
  await page.getByText('8 published of 8').waitFor();
  scene.id = page.url().split('/').at(-1);
}

async function isMarked(scene) {
  const { server, open } = scene;
  const admin = await apiAs(server, accounts.admin);
  const { slug } = await admin.get(`/manage/contests/${scene.id}`);
  scene.slug = slug;
  const visitor = await open();
  const { items } = await (await apiAs(server, accounts.startup)).get(`/challenges?contest=${slug}`);
  if (items.length !== 8 || items.some((item) => !/^(Rehearsal: |Ensayo: |【リハーサル】)/.test(item.title)))
    throw new Error(`the titles are ${items.map((item) => item.title)}`);
  scene.challenge = items[0];
  await visitor.goto(`/ja/challenges/${items[0].slug}`);
  await visitor.getByRole('heading', { level: 1, name: /リハーサル/ }).waitFor();
  await visitor.getByText('リハーサル', { exact: true }).first().waitFor();
  const member = await apiAs(server, accounts.startup);
  await enter(member, items[0].slug, { team: 'Friendly users' });
  const mail = await waitForMail(server, accounts.startup, ({ text }) => text.includes('Friendly users'));
  if (!mail.subject.startsWith('[Rehearsal] ')) throw new Error(`the mail is named ${mail.subject}`);
}

async function countsNowhere({ server }) {
  const admin = await apiAs(server, accounts.admin);
  const { counted } = await admin.get('/kpi/contest-startups').then(({ indicator, ...rest }) => ({
    counted: JSON.stringify({ ...rest, indicator }),
  }));
  if (counted.includes('Friendly users')) throw new Error('the KPI counts a rehearsal');
}

async function isWiped(scene) {
  const { admin: page, id, slug, server, challenge } = scene;
  await page.goto(`/admin/contests/${id}`);
  await page.getByText('Wipe the rehearsal').first().click();
  await page.getByLabel(`Type ${slug} to confirm`).fill('something-else');
  await page.getByRole('button', { name: 'Wipe the rehearsal' }).click();
  await page.getByText('This is not the short name of the rehearsal.').first().waitFor();
  await page.getByLabel(`Type ${slug} to confirm`).fill(slug);
  await page.getByRole('button', { name: 'Wipe the rehearsal' }).click();
  await page.getByRole('heading', { level: 1, name: 'Contests' }).waitFor();
  const gone = await fetch(`${server.url}/api/v1/challenges/${challenge.slug}`);
  if (gone.status !== 404) throw new Error(`a wiped challenge answers ${gone.status}`);
  const mine = await (await apiAs(server, accounts.startup)).get('/my/entries');
  if (mine.items.length > 0) throw new Error('an entry is left');
}

async function lives({ admin: page }) {
  await page.goto('/admin/contests/new');
  await page.getByLabel(/^Title in English/).fill('Second call');
  for (const [label, value] of [
    ['Opens', '2030-03-01T09:00'],
    ['Deadline', '2030-04-01T18:00'],
    ['Judging ends', '2030-04-15T18:00'],
    ['Results', '2030-04-30T18:00'],
  ])
    await page.getByLabel(new RegExp(`^${label}`)).fill(value);
  await page.getByRole('button', { name: 'Make the contest' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second call' }).waitFor();
  const title = page.getByLabel(/^Title in English/);
  await title.fill('Second open call');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Second open call' }).waitFor();
  for (const [act, after] of [
    ['Announce', 'Announced'],
    ['Archive', 'Archived'],
  ]) {
    await page.getByRole('button', { name: act, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
    await page.getByText(after, { exact: true }).first().waitFor();
  }
  await page.getByRole('button', { name: 'Take back from the archive' }).click();
  await page.getByText('Announced', { exact: true }).first().waitFor();
}

async function translates({ server, open, desk }) {
  const official = await apiAs(server, accounts.santander);
  const id = await draftChallenge(official, { title: 'Playas sin humo' });
  await desk.goto(`/manage/challenges/${id}/translations`);
  const part = desk.getByRole('region', { name: '日本語' });
  await part.getByText('Ask somebody to translate into Japanese').click();
  await part.getByLabel('E-mail address').fill('translator@example.org');
  await part.getByLabel('Note').fill('Playa: 海岸');
  await part.getByRole('button', { name: 'Ask for the translation' }).click();
  await part.getByText('Invitation not accepted yet').waitFor();
  const asked = await waitForMail(server, 'translator@example.org', ({ subject }) =>
    subject.startsWith('翻訳の依頼'),
  );
  if (!asked.text.includes('Playa: 海岸')) throw new Error('the mail has lost the note');

  const invitation = await waitForMail(server, 'translator@example.org', ({ text }) =>
    text.includes('/invitation#'),
  );
  const page = await open();
  await page.goto(linkIn(invitation, '/invitation'));
  await page.getByLabel(/^氏名|^お名前/).fill('Translator');
  await page.getByLabel(/^パスワード/).fill('a long and unusual password');
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { level: 1, name: /承諾/ }).waitFor();
  const translator = await apiAs(server, 'translator@example.org', 'a long and unusual password');
  const got = await translator.get(`/manage/challenges/${id}/translations`);
  const ja = got.languages.find((each) => each.lang === 'ja');
  if (ja.requests[0].state !== 'open') throw new Error(`the request is ${ja.requests[0].state}`);
  await desk.reload();
  await part.getByText('At work').waitFor();
}
