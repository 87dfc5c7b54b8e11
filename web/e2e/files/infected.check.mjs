// An infected file on its way from the file dialog to the scanner and back to the page, with a real clamd.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePdf } from '../journey/media.mjs';
import { sql } from '../journey/sql.mjs';
import { eicar, startClamd } from '../lib/clamd.mjs';
import { accounts, apiAs, check, launch, signIn, startServer } from '../lib/index.mjs';
import { enter } from '../lib/world/entry.mjs';

const clean = ['A queue that speaks', ['Lamps and a calm voice at each stop.']];

export async function run() {
  const clamd = await startClamd();
  const server = await startServer({ name: 'infected', env: { FIELDTRIAL_CLAMD_ADDR: clamd.socket } });
  const browser = await launch();
  const folder = mkdtempSync(join(tmpdir(), 'fieldtrial-files-'));
  try {
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await signIn(page, server, accounts.startup);
    const member = await apiAs(server, accounts.startup);
    const { items } = await member.get('/challenges?status=open&city=santander');
    const scene = { page, server, member, clamd, folder, slug: items[0].slug, challenge: items[0].id };
    const steps = [
      ['an infected PDF is named on the page, with a mend', isNamed],
      ['an entry cannot be submitted with it', cannotBeSubmitted],
      ['removed and sent again clean, the entry is submitted', isReplaced],
      ['a clean file takes the place of an infected one', isReplacedAtOnce],
      ['a file that was submitted while it was being checked', isFoundLater],
      ['nobody who runs the challenge gets at the infected files', staysShut],
    ];
    for (const [name, step] of steps) {
      if (!(await check(`files: ${name}`, () => step(scene), page))) break;
    }
  } finally {
    await browser.close();
    await server.stop();
    await clamd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const infectedPdf = (folder, name) => writePdf(folder, name, 'A queue that speaks', [eicar]);
const picker = (page) => page.getByLabel(/^Pitch document/);

/** The newest file of an entry, as its team's API tells it. */
async function newest(scene, entry) {
  const { files } = await scene.member.get(`/entries/${entry.id}`);
  return files[0];
}

async function filesPage({ page, member }, entry) {
  const { sections } = await member.get(`/entries/${entry.id}`);
  await page.goto(`/my/entries/${entry.id}/edit/${sections.at(-1).key}`);
}

async function isNamed(scene) {
  const { page, member, slug, folder } = scene;
  scene.entry = await enter(member, slug, { team: 'Kerbside', submit: false, answers: true });
  await filesPage(scene, scene.entry);
  await picker(page).setInputFiles(infectedPdf(folder, 'pitch.pdf'));
  await page.getByText('Infected', { exact: true }).waitFor();
  await page
    .getByText(/A virus was found\. Nobody can open the file; remove it and send a clean one\./)
    .waitFor();
  const open = await page.getByRole('button', { name: /^(View|Download)/ }).count();
  if (open > 0) throw new Error('the page offers to open it');
  scene.infected = [await newest(scene, scene.entry)];
}

async function cannotBeSubmitted({ page, entry, member }) {
  await page.goto(`/my/entries/${entry.id}/check`);
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  const mend = page.getByRole('link', { name: /^Pitch document . Remove the infected file\.$/ });
  await mend.waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent.includes('There is a problem'));
  const { status } = await member.get(`/entries/${entry.id}`);
  if (status !== 'not_submitted') throw new Error(`the entry is ${status}`);
}

async function isReplaced(scene) {
  const { page, entry, folder } = scene;
  await filesPage(scene, entry);
  await page.getByRole('button', { name: 'Remove pitch.pdf' }).click();
  await page.getByText('Infected', { exact: true }).waitFor({ state: 'detached' });
  await picker(page).setInputFiles(writePdf(folder, 'clean.pdf', ...clean));
  await page.getByText('No virus was found.').waitFor();
  await page.getByRole('button', { name: 'View clean.pdf' }).waitFor();
  await submit(page, entry);
}

async function submit(page, entry) {
  await page.goto(`/my/entries/${entry.id}/check`);
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your entry has been received' }).waitFor();
}

async function isReplacedAtOnce(scene) {
  const { page, entry, folder } = scene;
  await filesPage(scene, entry);
  await picker(page).setInputFiles(infectedPdf(folder, 'second.pdf'));
  await page.getByText('Infected', { exact: true }).waitFor();
  scene.infected.push(await newest(scene, entry));
  await picker(page).setInputFiles(writePdf(folder, 'third.pdf', ...clean));
  await page.getByRole('button', { name: 'View third.pdf' }).waitFor();
  await page.getByText('No virus was found.').waitFor();
  if (await page.getByText('Infected', { exact: true }).count())
    throw new Error('the infected file is there');
  await submit(page, entry);
  scene.good = await newest(scene, entry);
}

async function isFoundLater(scene) {
  const { page, member, slug, folder, clamd } = scene;
  scene.later = await enter(member, slug, { team: 'Harbour Lamp', submit: false, answers: true });
  await filesPage(scene, scene.later);
  clamd.pause();
  try {
    await picker(page).setInputFiles(infectedPdf(folder, 'late.pdf'));
    await page.getByText('Being checked', { exact: true }).waitFor();
    await submit(page, scene.later);
  } finally {
    clamd.resume();
  }
  scene.infected.push(await newest(scene, scene.later));
  await filesPage(scene, scene.later);
  await page.getByText('Infected', { exact: true }).waitFor({ timeout: 30_000 });
}

async function staysShut({ server, challenge, member, infected, good, page, entry }) {
  await sql(
    server,
    `update challenges set opens_at = clock_timestamp() - interval '20 days',
       closes_at = clock_timestamp() - interval '2 seconds' where id = '${challenge}'`,
  );
  const official = await apiAs(server, accounts.santander);
  const link = await official.post(`/files/${good.id}/link`, { disposition: 'view' });
  const answer = await fetch(new URL(link.url, server.url));
  if (!answer.ok || !(await answer.text()).startsWith('%PDF'))
    throw new Error('the clean file does not open');
  for (const file of infected) {
    for (const who of [official, await apiAs(server, accounts.admin), member]) {
      for (const disposition of ['view', 'download']) {
        const got = await who.post(`/files/${file.id}/link`, { disposition }).catch((error) => error.status);
        if (got !== 404 && got !== 409) throw new Error(`${file.name}: ${JSON.stringify(got)}`);
      }
    }
  }
  // The team still sees what it sent in, and that it is clean.
  await page.goto(`/my/entries/${entry.id}`);
  await page.getByText('Being checked').first().waitFor();
}
