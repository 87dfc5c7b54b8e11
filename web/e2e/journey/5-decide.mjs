import { accounts, apiAs, waitForMail } from '../lib/index.mjs';
import { founder } from './3-enter.mjs';

/** 5a: the chair sees matrix and ranking and locks the scores. */
export async function lock(stage) {
  const { challenge, reference } = stage.known;
  const page = await stage.as(accounts.chair, `/manage/challenges/${challenge}/jury`);
  await page.getByText('5 of 5 submitted').waitFor();
  await page.getByRole('tab', { name: 'Matrix' }).click();
  const matrix = page.getByRole('table', { name: /^Weighted totals/ });
  const row = matrix.getByRole('row').filter({ hasText: reference });
  await row.getByRole('cell').nth(1).waitFor();
  if ((await row.getByRole('cell').count()) !== 2) throw new Error('the matrix has not two jurors');
  await matrix.getByText('conflict', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Ranking' }).click();
  const first = page.getByRole('table', { name: /order/ }).getByRole('row').nth(1);
  await first.filter({ hasText: reference }).filter({ hasText: '±' }).waitFor();

  await page.getByRole('button', { name: 'Lock the scores' }).click();
  const dialog = page.getByRole('dialog', { name: 'Lock the scores?' });
  await dialog.getByRole('button', { name: 'Lock the scores' }).click();
  await page.getByText('Scores locked').first().waitFor();
  await page.getByText('Lock 1: 5 reviews,').waitFor();
  await page.getByRole('heading', { level: 2, name: 'Scores locked' }).waitFor();
  // Whoever opens the page after the lock sees the order at once.
  await page.reload();
  await first.waitFor();
  await stage.shot(page, 'ranking', { height: 980 });
}

/** 5b: the host decides in Japanese: a winner with a slot, everyone else with a word. Nobody is told yet. */
export async function decide(stage) {
  const page = await stage.as(accounts.fujisawa, `/manage/challenges/${stage.known.challenge}`, {
    language: 'ja',
  });
  await page.getByRole('link', { name: '決定と結果' }).click();
  await page.getByRole('heading', { level: 1, name: '決定と賞' }).waitFor();
  const winner = page.getByRole('region', { name: founder.team });
  await winner.getByRole('radio', { name: '採択', exact: true }).check();
  const slot = winner.getByRole('combobox', { name: /^テストベッドと利用期間/ });
  await slot.selectOption({ index: 1 });
  await winner.getByText('理由とコメント').click();
  await winner
    .getByRole('textbox', { name: /^チームへのコメント/ })
    .fill('最初の打ち合わせで、案内の声の言語を一緒に決めましょう。');
  for (const { team } of stage.known.others) {
    await page.getByRole('region', { name: team }).getByRole('radio', { name: '不採択' }).check();
  }
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await page.getByText('下書きを保存しました').first().waitFor();
  await page.getByRole('button', { name: '決定する' }).click();
  const dialog = page.getByRole('dialog', { name: 'この内容で決定しますか' });
  await dialog.getByText('利用期間が予約されます').waitFor();
  await dialog.getByRole('button', { name: '決定する' }).click();
  await page.getByText('決定済み（未発表）').first().waitFor();

  const early = await fetch(`${stage.server.url}/api/v1/challenges/${stage.known.slug}/results`);
  if (early.ok) throw new Error('the results are public before they are released');
}

/** 5c: the results go out: the winner's mail, a result with feedback by criterion for everyone, a public page. */
export async function release(stage) {
  const { challenge, slug, entry } = stage.known;
  const page = await stage.as(accounts.fujisawa, `/manage/challenges/${challenge}/awards`, {
    language: 'ja',
  });
  await page.getByRole('button', { name: '結果を発表する' }).click();
  const dialog = page.getByRole('dialog', { name: '結果を発表しますか' });
  await dialog.getByRole('button', { name: '結果を発表する' }).click();
  await page.getByText('結果発表済み').first().waitFor();
  await page.getByRole('link', { name: '公開された結果を見る' }).click();
  await page.getByRole('heading', { level: 2, name: founder.team }).waitFor();

  const won = (mail) => mail.text.includes(`/my/entries/${entry}`) && /win|won|selected/i.test(mail.text);
  const mail = await waitForMail(stage.server, founder.email, won);
  if (!/20\d\d/.test(mail.text)) throw new Error(`the mail names no dates:\n${mail.text}`);
  const team = await stage.as(founder.email, `/my/entries/${entry}`, founder);
  await team.getByRole('link', { name: 'See the result' }).click();
  await team.getByText('Selected, place 1').waitFor();
  await team.getByText('Slot', { exact: true }).waitFor();
  await feedback(team);
  await team.getByText('Clear, small, and measured against what the city has.').waitFor();

  const member = await apiAs(stage.server, accounts.startup);
  for (const other of stage.known.others) {
    await waitForMail(stage.server, accounts.startup, (each) =>
      each.text.includes(`/my/entries/${other.id}`),
    );
    const result = await member.get(`/entries/${other.id}/result`);
    if (result.outcome !== 'not_selected') throw new Error(`${other.team}: ${result.outcome}`);
  }
  const loser = await stage.as(accounts.startup, `/my/entries/${stage.known.others[0].id}/result`);
  await loser.getByText('Not selected').first().waitFor();
  await feedback(loser);

  const visitor = await stage.visit(`/challenges/${slug}/results`, { language: 'es' });
  await visitor.getByRole('heading', { level: 1, name: 'Resultados' }).waitFor();
  await visitor.getByRole('heading', { level: 2, name: founder.team }).waitFor();
  const text = await visitor.getByRole('main').textContent();
  for (const other of stage.known.others) {
    if (text.includes(other.team)) throw new Error(`${other.team}, not selected, is named in public`);
  }
}

/** A mean for each criterion. */
async function feedback(page) {
  const rows = page.getByRole('table', { name: /^Mean of/ }).getByRole('row');
  await rows.nth(5).waitFor();
  const n = await rows.count();
  if (n !== 6) throw new Error(`${n - 1} criteria have feedback`);
}
