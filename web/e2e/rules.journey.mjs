// What changes after the opening: a question is asked and answered, the deadline moves, the rules get a new
// version, and the team that had submitted accepts it before it submits again.
import { Stage } from './journey/stage.mjs';
import { accounts, apiAs, check, launch, signIn, startServer, waitForMail } from './lib/index.mjs';
import { publishChallenge } from './lib/world/challenge.mjs';
import { enter } from './lib/world/entry.mjs';

const steps = [
  ['a visitor reads that nothing is answered yet, and how to ask', visit],
  ['a startup asks in Japanese', ask],
  ['the official answers to everyone and hides and shows it again', answer],
  ['the startup gets a mail, and everyone reads the answer without a name', read],
  ['the official extends the deadline, with a reason', extend],
  ['the team is told, accepts the new version and submits again', accept],
  ['the official drafts new terms, sees the difference, publishes', amend],
  ['everyone reads the versions word by word; the team accepts once more', versions],
];

export async function run() {
  const server = await startServer({ name: 'rules' });
  const browser = await launch();
  const stage = new Stage(server, browser);
  try {
    const { id, slug } = await publishChallenge(server, {
      slug: 'beaches-and-rules',
      title: 'Playas con reglas',
      closesIn: 20 * 3600,
    });
    const entry = await enter(await apiAs(server, accounts.startup), slug, { team: 'Tern' });
    Object.assign(stage.known, { id, slug, entry: entry.id });
    for (const [name, step] of steps) {
      const passed = await check(
        name,
        async () => {
          await step(stage);
          await stage.close();
        },
        () => stage.last,
      );
      if (!passed) break; // what follows would only fail for want of it
    }
  } finally {
    await stage.end();
    await browser.close();
    await server.stop();
  }
}

async function as(stage, account, path, options) {
  const page = await stage.visit('/', options);
  await signIn(page, stage.server, account);
  await page.goto(path);
  return page;
}

async function visit(stage) {
  const page = await stage.visit(`/challenges/${stage.known.slug}/questions`);
  await page.getByText('No question has been answered to everyone yet.').waitFor();
  await page.getByText('To ask, sign in or create an account.').waitFor();
}

async function ask(stage) {
  const page = await as(stage, accounts.startup, `/ja/challenges/${stage.known.slug}/questions`, {
    language: 'ja',
  });
  await page.getByRole('button', { name: '質問を送信' }).click();
  await page.getByText('質問を入力してください。').first().waitFor();
  await page.getByRole('textbox', { name: '質問' }).fill('センサーは何台まで借りられますか。');
  await page.getByRole('button', { name: '質問を送信' }).click();
  await page.getByRole('heading', { name: 'あなたの質問' }).waitFor();
  await page.getByText('回答待ち').waitFor();
}

async function answer(stage) {
  const mail = await waitForMail(stage.server, accounts.santander, (each) =>
    each.text.includes('センサーは何台'),
  );
  if (/startup|Tern/i.test(mail.text)) throw new Error('the mail names who asked');
  const page = await as(stage, accounts.santander, `/manage/challenges/${stage.known.id}/questions`);
  await page.getByRole('heading', { name: 'センサーは何台まで借りられますか。' }).waitFor();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('textbox', { name: 'Answer' }).fill('Up to **ten** sensors.');
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByText('Every question is answered.').waitFor();
  await page.getByRole('link', { name: 'See the answers' }).click();
  await page.getByText('Up to ten sensors.').waitFor();
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Trying it out.');
  const hidden = page.waitForResponse((each) => each.request().method() !== 'GET' && each.ok());
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await hidden;
  await page.goto(`/manage/challenges/${stage.known.id}/questions?state=hidden`);
  await page.getByText('Trying it out.').waitFor();
  await page.getByRole('button', { name: 'Show again' }).click();
  await page.getByText('Nothing fits.').waitFor();
}

async function read(stage) {
  await waitForMail(stage.server, accounts.startup, (each) => each.text.includes('センサーは何台'));
  const page = await stage.visit(`/challenges/${stage.known.slug}/questions`);
  await page.getByText('Up to ten sensors.').waitFor();
  await page.getByText(/^Translation pending/).waitFor();
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByText('Nothing fits these words.').waitFor();
  await page.getByRole('searchbox').fill('SENSORS');
  await page.getByText('1 answered question').first().waitFor();
  await page.goto(`/challenges/${stage.known.slug}`);
  await page.getByRole('heading', { name: 'Questions and answers' }).scrollIntoViewIfNeeded();
  await page.getByText('Up to ten sensors.').waitFor();
}

/** A local time in the input, some days later. */
async function later(input, days) {
  const value = await input.inputValue();
  const moved = new Date(Date.parse(`${value}Z`) + days * 86_400_000);
  await input.fill(moved.toISOString().slice(0, 16));
}

async function extend(stage) {
  const page = await as(stage, accounts.santander, `/manage/challenges/${stage.known.id}`);
  await page.getByRole('link', { name: 'Change of rules or deadline' }).click();
  await page.getByRole('link', { name: 'Extend the deadline' }).click();
  await page.getByRole('heading', { level: 1, name: 'Extend the deadline' }).waitFor();
  await later(page.getByLabel('New deadline'), 2);
  await page.getByRole('textbox', { name: /Spanish, the language that counts/ }).fill('Por las fiestas.');
  await page.getByRole('button', { name: 'Extend the deadline' }).click();
  await page.getByRole('dialog').getByText('The team of 1 entry is told by mail.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Extend the deadline' }).click();
  await page.getByRole('heading', { name: 'Version 2', exact: true }).first().waitFor();
  await page.getByText('Por las fiestas.').waitFor();
  await page.getByText('Version 1: 1 submitted entry').waitFor();
  const visitor = await stage.visit('/challenges?q=reglas');
  await visitor.getByText('Deadline extended').waitFor();
}

async function submitAgain(stage, page, words) {
  const { entry } = stage.known;
  await page.goto(`/my/entries/${entry}/edit/solution`);
  const solution = page.getByRole('textbox', { name: /^Your solution/ });
  await solution.fill(`${await solution.inputValue()}\n\n${words}`);
  await page.getByText(/^Draft saved \d/).waitFor();
  await page.goto(`/my/entries/${entry}/check`);
}

async function accept(stage) {
  await waitForMail(stage.server, accounts.startup, (each) => each.text.includes('Por las fiestas.'));
  const page = await as(stage, accounts.startup, `/my/entries/${stage.known.entry}`);
  await page.getByText('The rules changed: accept version 2').waitFor();
  await page.getByText('What was submitted stays valid under version 1.').waitFor();
  await submitAgain(stage, page, 'We bring batteries.');
  await page.getByRole('button', { name: 'Accept version 2' }).waitFor();
  await page.getByRole('button', { name: 'Accept version 2' }).click();
  await page.getByText('By submitting, the team accepts version 2 of the rules.').waitFor();
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your entry has been received' }).waitFor();
  await page.goto(`/my/entries/${stage.known.entry}`);
  await page.getByText('Submitted under version 2 of the rules.').waitFor();
}

async function amend(stage) {
  const page = await as(stage, accounts.santander, `/manage/challenges/${stage.known.id}/rules`);
  await page.getByRole('link', { name: 'Draft another version' }).click();
  await page.getByRole('heading', { level: 1, name: 'Draft of version 3' }).waitFor();
  await page.locator('summary', { hasText: 'Terms and intellectual property' }).click();
  const terms = page.getByRole('textbox', { name: /Terms and intellectual property/ });
  await terms.fill(`${await terms.inputValue()} El equipo conserva sus derechos.`);
  await page.getByRole('button', { name: 'Save and see the changes' }).click();
  await page.getByRole('heading', { name: 'Draft of version 3' }).waitFor();
  await page.locator('ins', { hasText: 'El equipo conserva sus derechos.' }).waitFor();
  await page.getByText('Give a reason in the language that counts.').first().waitFor();
  await page.getByRole('link', { name: 'Edit the draft' }).click();
  await page.getByRole('textbox', { name: /Spanish, the language that counts/ }).fill('Faltaba decirlo.');
  await page.getByRole('button', { name: 'Save and see the changes' }).click();
  await page.getByText('Faltaba decirlo.').waitFor();
  await page.getByRole('button', { name: 'Publish version 3' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 3' }).click();
  await page.getByRole('heading', { name: 'Version 3', exact: true }).first().waitFor();
  await page.getByText('Version 2: 1 submitted entry').waitFor();
}

async function versions(stage) {
  const page = await stage.visit(`/challenges/${stage.known.slug}`);
  await page.getByRole('link', { name: 'What changed, version by version' }).click();
  await page.getByRole('heading', { level: 1, name: 'Versions of the rules' }).waitFor();
  await page.locator('ins', { hasText: 'El equipo conserva sus derechos.' }).waitFor();
  await page.locator('del').first().waitFor();
  await waitForMail(stage.server, accounts.startup, (each) => each.text.includes('Faltaba decirlo.'));
  const team = await as(stage, accounts.startup, `/my/entries/${stage.known.entry}`);
  await team.getByRole('button', { name: 'Accept version 3' }).click();
  await team.getByText('Submitted under version 2 of the rules.').waitFor();
}
