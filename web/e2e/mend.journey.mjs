// What a team mends before it sends: every kind of question that is missing and the eligibility questions are led
// to from the summary, by keyboard; an earlier text is taken back; what officials found shows in the list.
import { sql } from './journey/sql.mjs';
import { Stage } from './journey/stage.mjs';
import { accounts, apiAs, check, launch, startServer } from './lib/index.mjs';
import { enter, upload } from './lib/world/entry.mjs';

const phone = { width: 360, height: 740 };

/** Control that the focus lands in, by the kind of the question. */
const controls = {
  short: 'input',
  long: 'textarea',
  choice: 'input[type=radio]',
  choices: 'input[type=checkbox]',
  number: 'input[inputmode=decimal]',
  link: 'input[type=url]',
  date: 'input[type=date]',
  file: 'input[type=file]',
};

const steps = [
  ['the summary leads to each kind of question that is missing, and the focus lands in it', everyKind],
  [
    'it leads to eligibility questions that are open or say no; what is answered is gone from it',
    eligibility,
  ],
  ['an earlier text is compared with the one now and taken back, nothing is lost', earlier],
  ['a text that was changed meanwhile is not taken back over it', clash],
  ['a form that changes while it is filled loses nothing and says what is new', changed],
  ['the list says what the city found and asked, and what comes next', list],
];

export async function run() {
  const server = await startServer({ name: 'mend' });
  const browser = await launch();
  const stage = new Stage(server, browser);
  try {
    await prepare(stage);
    for (const [name, step] of steps) {
      await check(
        name,
        async () => {
          await step(stage);
          await stage.close();
        },
        () => stage.last,
      );
    }
  } finally {
    await stage.end();
    await browser.close();
    await server.stop();
  }
}

const must = (ok, message) => {
  if (!ok) throw new Error(message);
};

/** An entry to a challenge that asks a required question of every kind and two about eligibility. */
async function prepare(stage) {
  const { server, known } = stage;
  const member = await apiAs(server, accounts.startup);
  const { items } = await member.get('/challenges?status=open');
  const { id: challenge, slug } = items[0];
  const options = JSON.stringify([
    { key: 'a', label: { es: 'Una' } },
    { key: 'b', label: { es: 'Dos' } },
  ]);
  for (const kind of Object.keys(controls)) {
    await sql(
      server,
      `insert into form_fields (id, challenge_id, key, position, section, kind, required, label, options, accept)
       select gen_random_uuid(), '${challenge}', 'kind-${kind}', 100 + ${Object.keys(controls).indexOf(kind)}, section, '${kind}', true,
         '{"es":"Clase ${kind}"}', '${kind.startsWith('choice') ? options : '[]'}', '${kind === 'file' ? '["pdf"]' : '[]'}'
       from form_fields where challenge_id = '${challenge}' order by position desc limit 1`,
    );
  }
  await sql(
    server,
    `insert into eligibility_questions (id, challenge_id, key, position, question, explanation, expected, blocking) values
     (gen_random_uuid(), '${challenge}', 'staff', 1, '{"es":"¿Trabaja para la ciudad?","en":"Do you work for the city?"}', '{"en":"Staff cannot take part."}', false, true),
     (gen_random_uuid(), '${challenge}', 'insured', 2, '{"es":"¿Tiene seguro?","en":"Are you insured?"}', '{"en":"Needed before the trial."}', true, false)`,
  );
  const { id } = await enter(member, slug, { team: 'Menders', submit: false });
  Object.assign(known, { challenge, entry: id });
}

async function everyKind(stage) {
  const { entry } = stage.known;
  const page = await stage.as(accounts.startup, `/my/entries/${entry}/check`, phone);
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await summary.waitFor();
  must(await summary.evaluate((box) => box === document.activeElement), 'the summary has no focus');
  for (const [kind, control] of Object.entries(controls)) {
    await page.goto(`/my/entries/${entry}/check`);
    await page.getByRole('button', { name: 'Submit the entry' }).click();
    await summary.getByRole('link', { name: new RegExp(`^Clase ${kind} –`) }).press('Enter');
    const change = page.getByRole('link', { name: `Change Clase ${kind}`, exact: true });
    must(await change.evaluate((link) => link === document.activeElement), `${kind}: not at the question`);
    await page.keyboard.press('Enter');
    const field = page.locator('.field', { hasText: `Clase ${kind}` }).first();
    await field.locator(`${control}:focus`).waitFor({ timeout: 10_000 });
    await field.locator('.error-text').waitFor();
  }
}

async function eligibility(stage) {
  const { entry } = stage.known;
  const page = await stage.as(accounts.startup, `/my/entries/${entry}`, phone);
  // On the entry's own page, before anything was tried.
  await page.getByText(/things are missing before you can submit/).click();
  await page.getByRole('link', { name: /^Do you work for the city\? –/ }).press('Enter');
  await page.locator('#f-eligibility-staff:focus').waitFor();
  await page.goto(`/my/entries/${entry}/check`);
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await summary
    .getByRole('link', { name: 'Do you work for the city? – Answer this question' })
    .press('Enter');
  await page.locator('#f-eligibility-staff:focus').waitFor();
  const group = page.getByRole('group', { name: /Do you work for the city/ });
  await group.getByText('Answer this question').waitFor();
  await group.getByRole('radio', { name: 'Yes' }).check();
  const no = summary.getByRole('link', {
    name: 'Do you work for the city? – With this answer the team cannot take part',
  });
  await no.press('Enter');
  await page.locator('#f-eligibility-staff:focus').waitFor();
  await group.getByRole('radio', { name: 'No' }).check();
  await no.waitFor({ state: 'detached' });
  await page
    .getByRole('group', { name: /Are you insured/ })
    .getByRole('radio', { name: 'No' })
    .check();
  await summary.getByRole('link', { name: /^Are you insured/ }).waitFor({ state: 'detached' });
}

/** Saves a text as somebody who comes back to it later: what stood is kept. */
async function rewrite(stage, member, value) {
  const { entry } = stage.known;
  await sql(stage.server, `update answers set updated_at = updated_at - interval '3 minutes'`);
  const { fields, answers } = await member.get(`/entries/${entry}`);
  const field = fields.find((each) => each.key === 'kind-long');
  const version = answers.find((each) => each.fieldId === field.id)?.version ?? 0;
  await member.patch(`/entries/${entry}/answers`, { answers: [{ fieldId: field.id, value, version }] });
  return field;
}

const words = 'Un plan para todas las playas de la ciudad';
const long = `${'Donaudampfschifffahrtsgesellschaftskapitän'} 🏖️ ${words}`;

async function earlier(stage) {
  const { entry } = stage.known;
  const member = await apiAs(stage.server, accounts.startup);
  const { section } = await rewrite(stage, member, long);
  await rewrite(stage, member, 'Un plan para una playa');
  const page = await stage.as(accounts.startup, `/my/entries/${entry}/edit/${section}`, phone);
  await page.getByRole('link', { name: '1 earlier text Clase long' }).click();
  await page.getByRole('heading', { level: 1, name: 'Earlier texts of an answer' }).waitFor();
  await page.locator('del', { hasText: 'todas' }).first().waitFor();
  await page.locator('ins', { hasText: 'una' }).first().waitFor();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  must(over <= 0, `the page is ${over} px too wide`);
  await page.getByRole('button', { name: /^Take this text back/ }).click();
  await page.getByText('The text is back.').first().waitFor();
  // What stood in its place is now among the earlier ones, although it was seconds old.
  await page.locator('del', { hasText: 'una' }).first().waitFor();
  await page.getByRole('link', { name: 'To the question' }).click();
  const field = page.getByRole('textbox', { name: /^Clase long/ });
  must((await field.inputValue()) === long, 'the text is not in the field');
  await page.goto(`/my/entries/${entry}/history`);
  const saved = page.getByRole('region', { name: 'Texts saved while writing' });
  await saved.getByText(/texts?, the last of/).waitFor();
  await saved.getByRole('link', { name: 'Clase long' }).click();
  await page.getByRole('heading', { level: 1, name: 'Earlier texts of an answer' }).waitFor();
}

async function clash(stage) {
  const { entry } = stage.known;
  const member = await apiAs(stage.server, accounts.startup);
  const page = await stage.as(accounts.startup, `/my/entries/${entry}/history/kind-long`, phone);
  const take = page.getByRole('button', { name: /^Take this text back/ }).first();
  await take.waitFor();
  await rewrite(stage, member, 'Alguien escribe mientras tanto');
  await take.click();
  await page.getByText(/Somebody in your team has changed the answer meanwhile/).waitFor();
  await page.getByText('Alguien escribe mientras tanto').first().waitFor();
  const { answers } = await member.get(`/entries/${entry}`);
  must(
    answers.some((each) => each.value === 'Alguien escribe mientras tanto'),
    'the text of the team-mate was written over',
  );
}

/** The city takes a question out and adds another while somebody types into both a kept and a dropped one. */
async function changed(stage) {
  const { server, known } = stage;
  const member = await apiAs(server, accounts.startup);
  const { fields } = await member.get(`/entries/${known.entry}`);
  const { section } = fields.find((each) => each.key === 'kind-short');
  const page = await stage.as(accounts.startup, `/my/entries/${known.entry}/edit/${section}`, phone);
  const gone = page.getByRole('textbox', { name: /^Clase short/ });
  await gone.fill('Escrito antes del cambio');
  await page.getByText(/^Draft saved/).waitFor();
  await sql(server, `update challenges set form_version = form_version + 1 where id = '${known.challenge}'`);
  await sql(
    server,
    `update form_fields set removed_in = (select form_version from challenges where id = '${known.challenge}') where challenge_id = '${known.challenge}' and key = 'kind-short'`,
  );
  await sql(
    server,
    `insert into form_fields (id, challenge_id, key, position, section, kind, required, label, added_in)
     select gen_random_uuid(), challenge_id, 'late', 200, section, 'short', false, '{"es":"Pregunta nueva"}', (select form_version from challenges where id = challenge_id)
     from form_fields where challenge_id = '${known.challenge}' and key = 'kind-long'`,
  );
  await gone.fill('Escrito mientras la ciudad cambiaba el formulario');
  const other = page.getByRole('textbox', { name: /^Clase long/ });
  await other.fill('También esto');
  await page.getByText('The city has changed the form').waitFor();
  await page.getByRole('textbox', { name: /^Pregunta nueva/ }).waitFor();
  must((await other.inputValue()) === 'También esto', 'the other answer is gone from the page');
  await gone.waitFor({ state: 'detached' });
  const kept = async () => {
    const { answers, dropped } = await member.get(`/entries/${known.entry}`);
    return (
      answers.some((each) => each.value === 'También esto') &&
      dropped.some((each) => each.value === 'Escrito mientras la ciudad cambiaba el formulario')
    );
  };
  for (let tries = 0; !(await kept()); tries++) {
    must(tries < 40, 'something that was typed is not saved');
    await page.waitForTimeout(250);
  }
  await page.goto(`/my/entries/${known.entry}`);
  await page.getByText('Escrito mientras la ciudad cambiaba el formulario').waitFor();
}

/** Submitted, closed, failed and under correction: never "With the jury" before it is. */
async function list(stage) {
  const { server, known } = stage;
  const member = await apiAs(server, accounts.startup);
  const { fields, answers } = await member.get(`/entries/${known.entry}`);
  const given = new Set(answers.filter((each) => each.value).map((each) => each.fieldId));
  const values = { choice: 'a', choices: 'a', number: '1', date: '2027-02-01', link: 'https://example.com/' };
  const open = fields.filter((each) => each.required && each.kind !== 'file' && !given.has(each.id));
  await member.patch(`/entries/${known.entry}/answers`, {
    answers: open.map((each) => ({
      fieldId: each.id,
      version: answers.find((answer) => answer.fieldId === each.id)?.version ?? 0,
      value: (each.kind === 'choice' && each.options[0].key) || values[each.kind] || 'Texto',
    })),
  });
  for (const field of fields.filter((each) => each.required && each.kind === 'file')) {
    await upload(member, known.entry, field.id);
  }
  await member.post(`/entries/${known.entry}/submit`);
  const page = await stage.as(accounts.startup, '/my/entries', phone);
  const row = page.getByRole('listitem').filter({ hasText: 'Menders' });
  const says = async (tag, next) => {
    await page.goto('/my/entries');
    await row.getByText(tag, { exact: true }).waitFor();
    await row.getByText(next, { exact: true }).waitFor();
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    must(
      (await page.getByText(tag === 'With the jury' ? 'Being checked' : 'With the jury').count()) === 0,
      `${tag}: the page says otherwise`,
    );
  };
  await says('Submitted', 'Deadline');
  await sql(
    server,
    `update challenges set closes_at = now() - interval '1 minute', judging_ends_at = now() + interval '9 days', results_at = now() + interval '12 days' where id = '${known.challenge}'`,
  );
  await says('Being checked', 'End of judging');
  const run = `(select id from screening_runs where challenge_id = '${known.challenge}' limit 1)`;
  await sql(
    server,
    `insert into screening_runs (id, challenge_id, act, entries) values (gen_random_uuid(), '${known.challenge}', 'correct', array['${known.entry}'::uuid])`,
  );
  await sql(
    server,
    `insert into corrections (id, entry_id, run_id, fields, until, note, language, before)
     select gen_random_uuid(), id, ${run}, array['${fields[0].id}'::uuid], now() + interval '2 days', 'Falta el título', 'es', last_submission_id from entries where id = '${known.entry}'`,
  );
  await says('Correction requested', 'Send the correction before');
  await sql(server, `update corrections set closed_at = now() where entry_id = '${known.entry}'`);
  await sql(
    server,
    `insert into screenings (id, entry_id, run_id, passed, language, told_at) values (gen_random_uuid(), '${known.entry}', ${run}, false, 'es', now())`,
  );
  await says('Not eligible', 'Results');
}
