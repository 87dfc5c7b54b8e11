import { accounts, apiAs, linkIn, waitForMail } from '../lib/index.mjs';
import { sql } from './sql.mjs';

/** The juror who is invited; steps after this one read it again. */
export const juror = { email: 'juror@harbour-office.example', password: 'four cups of strong tea' };

/** 4a: an admin invites a juror from the page; opening the mail's link does not accept, an act does. */
export async function invite(stage) {
  const admin = await stage.as(accounts.admin, '/admin/people');
  await admin.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill(juror.email);
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Harbour office');
  await dialog.getByRole('combobox', { name: /^Role/ }).selectOption({ label: 'Juror' });
  await dialog.getByRole('combobox', { name: /^Contest/ }).selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.getByRole('cell', { name: juror.email }).or(admin.getByText(juror.email)).first().waitFor();

  const link = linkIn(await waitForMail(stage.server, juror.email), '/invitation');
  const page = await stage.visit('/');
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Invitation' }).waitFor();
  const seats = await seatsOf(stage);
  if (seats.some((seat) => seat.name === 'Harbour office')) throw new Error('opening the link accepted it');
  await page.getByLabel(/^Password/).fill(juror.password);
  await page.getByRole('button', { name: 'Create the account and accept' }).click();
  await page.getByRole('heading', { level: 1, name: 'You have accepted' }).waitFor();
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jury' }).waitFor();
}

async function seatsOf(stage) {
  const chair = await apiAs(stage.server, accounts.chair);
  return (await chair.get(`/manage/challenges/${stage.known.challenge}/jury`)).jurors;
}

/** 4b: the deadline passes. Nobody can wait for it, so it is moved. */
export async function close(stage) {
  await sql(
    stage.server,
    `update challenges set opens_at = clock_timestamp() - interval '20 days',
       closes_at = clock_timestamp() - interval '2 seconds' where id = '${stage.known.challenge}'`,
  );
  const page = await stage.visit(`/challenges/${stage.known.slug}`);
  await page.getByText('This challenge is closed. New entries are not possible.').waitFor();
  if (await page.getByRole('link', { name: 'Start your entry' }).count()) throw new Error('it takes entries');
}

/** 4c: the juror declares a conflict before anything can be read. */
export async function declare(stage) {
  const [, conflict] = stage.known.others;
  const page = await stage.as(juror.email, '/jury', juror);
  const duty = page.getByRole('listitem').filter({ hasText: stage.known.title });
  await duty.getByText('Declare conflicts', { exact: true }).waitFor();
  await duty.getByRole('link', { name: stage.known.title }).click();
  await page.getByRole('heading', { level: 1, name: 'Conflicts of interest' }).waitFor();
  const main = await page.getByRole('main').textContent();
  if (main.includes('A queue that speaks')) throw new Error('content is shown before the declaration');
  await page.getByRole('checkbox', { name: conflict.team }).check();
  await page.getByRole('checkbox', { name: /^I have gone through the whole list/ }).check();
  await page.getByRole('button', { name: 'Declare 1 conflict' }).click();
  await page.waitForURL((url) => url.pathname === '/jury');
  await page.getByText('Waiting for the chair').waitFor();
  const other = await apiAs(stage.server, accounts.juror);
  await other.post(`/jury/challenges/${stage.known.challenge}/conflicts`, { teamIds: [] });
}

/** 4d: the chair looks at the plan, then gives every entry to every juror without a conflict. */
export async function assign(stage) {
  const page = await stage.as(accounts.chair, '/jury');
  await page
    .getByRole('listitem')
    .filter({ hasText: stage.known.title })
    .getByRole('link', { name: 'Lead this jury' })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Jury' }).waitFor();
  await page.getByRole('tab', { name: 'Assign' }).click();
  await page.getByRole('radio', { name: 'Everyone reads everything' }).check();
  await page.getByRole('button', { name: 'Preview' }).click();
  const plan = page.getByRole('region', { name: 'What would happen' });
  // Two jurors, three entries, one conflict.
  await plan.getByRole('button', { name: 'Assign 5 reviews' }).click();
  await page
    .getByRole('dialog', { name: 'Assign these entries?' })
    .getByRole('button', { name: 'Assign 5 reviews' })
    .click();
  await page.getByText('0 of 5 submitted').waitFor();
}
