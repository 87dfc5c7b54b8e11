import { sql } from '../journey/sql.mjs';
import { accounts, apiAs } from '../lib/index.mjs';

const must = (ok, message) => {
  if (!ok) throw new Error(message);
};
const field = (page, name) => page.getByRole('textbox', { name });

/** A startup enters while the challenge is open, in Spanish, and meets the question that depends on another. */
export async function enterIt(stage) {
  const { server, known } = stage;
  await sql(
    server,
    `update challenges set submitted_at = now(), approved_at = now(), published_at = now(), opens_at = now() - interval '1 hour',
     closes_at = now() + interval '5 days', judging_ends_at = now() + interval '20 days', results_at = now() + interval '30 days' where id = '${known.id}'`,
  );
  const member = await apiAs(server, accounts.startup);
  const { slug } = await (await apiAs(server, accounts.santander)).get(`/manage/challenges/${known.id}`);
  known.slug = slug;
  const { id: teamId } = await member.post('/teams', { name: 'Gaviota', kind: 'startup', country: 'ES' });
  const { id } = await member.post(`/challenges/${slug}/entries`, { teamId, language: 'es' });
  known.entry = id;
  known.team = teamId;

  const page = await stage.as(accounts.startup, `/my/entries/${id}`, { language: 'es' });
  await page.getByRole('link', { name: 'Su prueba en cifras' }).click();
  const beaches = page.getByRole('group', { name: /^Qué playas/ });
  must((await beaches.count()) === 0, 'asked before its choice');
  await page.getByRole('radio', { name: 'En la costa' }).check();
  await beaches.waitFor();
  await page.getByRole('checkbox', { name: 'La Magdalena' }).check();
  await page.getByText(/^Borrador guardado/).waitFor();
  await page.getByRole('radio', { name: 'En la ciudad' }).check();
  await beaches.waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'En la costa' }).check();
  must(await page.getByRole('checkbox', { name: 'La Magdalena' }).isChecked(), 'the choice is gone');
  await page.getByText('Un número entre 1 y 5000').waitFor();
  await field(page, /^Personas por hora/).fill('６０００');
  await page.getByLabel(/^Primer día posible/).fill('2027-02-01');
  await field(page, /^En cinco palabras/).fill('una dos tres cuatro cinco seis');
  await page.getByText('Sobra 1 palabra').waitFor();
  await page.getByText('Escriba un número de 5000 como máximo.').waitFor();
  await page.getByText(/^Borrador guardado/).waitFor();
  await page.getByText(/^(Guardando|Aún sin guardar)/).waitFor({ state: 'detached' });
}

/** The check page names each fault in the reader's language and leads to its field; what is mended is gone. */
export async function limits(stage) {
  const { entry } = stage.known;
  const page = await stage.as(accounts.startup, `/my/entries/${entry}/check`, { language: 'ja' });
  await page.getByRole('button', { name: /提出/ }).click();
  const summary = page.getByRole('alert');
  await summary
    .getByRole('link', { name: 'Personas por hora：5,000以下の数値を入力してください。' })
    .waitFor();
  await summary.getByRole('link', { name: 'En cinco palabras：5語以内にしてください。' }).waitFor();
  await page.goto(`/ja/my/entries/${entry}`);
  await page.getByRole('link', { name: 'Su prueba en cifras' }).click();
  await field(page, /^Personas por hora/).fill('850');
  await field(page, /^En cinco palabras/).fill('una dos tres cuatro cinco');
  await page.getByText(/に下書きを保存しました/).waitFor();
  await page.goto(`/ja/my/entries/${entry}/check`);
  await page.getByText('850 personas').waitFor();
  await page.getByText('2027年2月1日').waitFor();
  must(
    (await page.getByText('5語以内にしてください').count()) === 0,
    'a fault that was mended is still said',
  );
}

/** After the change: what is new is said until it was seen, and what is no longer asked can still be read. */
export async function news(stage) {
  const { entry } = stage.known;
  const page = await stage.as(accounts.startup, `/my/entries/${entry}`);
  const notice = page.locator('.notice').filter({ hasText: 'The city has changed the form' });
  await notice.getByRole('link', { name: 'Quién avisa' }).waitFor();
  await notice.getByRole('link', { name: 'Personas por hora' }).waitFor();
  const gone = page.getByRole('region', { name: 'No longer asked' });
  await gone.getByText('1 February 2027').waitFor();
  await notice.getByRole('button', { name: 'We have seen this' }).click();
  await notice.waitFor({ state: 'detached' });
  await gone.getByText('Primer día posible').waitFor();
  await page.getByRole('link', { name: 'Su prueba en cifras' }).click();
  must((await field(page, /^Personas por hora/).inputValue()) === '850', 'an answer is gone');
  await field(page, /^Quién avisa/).waitFor();
}
