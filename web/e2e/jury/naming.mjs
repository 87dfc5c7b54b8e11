import { accounts, apiAs, check } from '../lib/index.mjs';

const reason = 'This person advised our strongest competitor until last spring.';

/**
 * A team names a juror, the chair reads why and confirms it; the entry is gone for the juror, and the team reads the
 * answer. The challenge is past its deadline, nothing is assigned.
 *
 * @param {(email: string) => Promise<import('playwright-core').Page>} open a page that is signed in
 * @param {{ id: string, reference: string }} entry of the start-up
 * @param {{ team: string, other: string }} names of its team, and of one that the juror still sees
 */
export async function naming(server, challenge, entry, { team, other }, open) {
  const { name } = await (await apiAs(server, accounts.juror)).get('/me');
  const page = await open(accounts.startup);
  const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await check(
    'a team names a juror, with the reason',
    async () => {
      await page.goto(`/my/entries/${entry.id}`);
      await page.getByRole('link', { name: 'See the jury' }).click();
      await item.getByRole('button', { name: 'This person should not judge our entry' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason);
      await dialog.getByRole('button', { name: 'Send to the chair' }).click();
      await item.getByText('The chair has yet to decide').waitFor();
    },
    page,
  );
  const chair = await open(accounts.chair);
  await check(
    'the chair reads the suggestion, and confirms it by an act',
    async () => {
      await chair.goto(`/manage/challenges/${challenge.id}/jury`);
      await chair.getByText(reason).waitFor();
      await chair.getByRole('button', { name: new RegExp(`^Decide.*${entry.reference}$`) }).click();
      const dialog = chair.getByRole('dialog');
      await dialog.getByRole('radio', { name: 'It is a conflict' }).check();
      await dialog.getByRole('textbox', { name: /^Reason/ }).fill('The contract was public.');
      await dialog.getByRole('textbox', { name: /^Answer to the team/ }).fill('Thank you, we agree.');
      await dialog.getByRole('button', { name: 'Decide' }).click();
      await chair.getByText(reason).first().waitFor({ state: 'detached' });
    },
    chair,
  );
  const juror = await open(accounts.juror);
  await check(
    'the juror is recused and learns nothing of it; the team reads the answer',
    async () => {
      await juror.goto(`/jury/challenges/${challenge.id}/conflicts`);
      await juror.getByRole('checkbox', { name: other }).waitFor();
      if (await juror.getByText(team).count()) throw new Error('the entry is still there for the juror');
      await page.reload();
      await item.getByText('Upheld: this person does not judge your entry').waitFor();
      await item.getByText('Thank you, we agree.').waitFor();
    },
    juror,
  );
  for (const each of [page, chair, juror]) {
    const all = each.faults.take();
    if (all.length > 0) await check('no fault in the console', () => Promise.reject(all.join('\n')));
    await each.context().close();
  }
}
