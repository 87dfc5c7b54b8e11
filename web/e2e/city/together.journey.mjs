// Two officials at the same thing: what the first saved and what the second typed are both kept.
import { accounts, apiAs, check, launch, signIn, startServer } from '../lib/index.mjs';
import { draftChallenge, publishChallenge } from '../lib/world/challenge.mjs';

export async function run() {
  const server = await startServer({ name: 'together' });
  const browser = await launch();
  try {
    const open = async (email, path) => {
      const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      await signIn(page, server, email);
      await page.goto(path);
      return page;
    };
    const { id } = await publishChallenge(server, {
      slug: 'beaches-together',
      title: 'Playas entre dos',
      closesIn: 20 * 3600,
    });
    const official = await apiAs(server, accounts.santander);
    const draft = await draftChallenge(official, { title: 'Sin publicar' });
    for (const [name, step, of] of [
      ['the form of what is published', form, id],
      ['the rules of what is published', rules, id],
      ['criteria of a draft', criteria, draft],
      ['the text of a draft', text, draft],
    ]) {
      const at = `/manage/challenges/${of}`;
      const pages = [];
      await check(
        `two officials write ${name}: nothing is lost`,
        () =>
          step(async (email, path) => {
            pages.push(await open(email, at + path));
            return pages.at(-1);
          }),
        () => pages.at(-1),
      );
      await Promise.all(pages.map((page) => page.context().close()));
    }
    await check('a contest has reasons and a grace of its own', () => ownWays(server, open));
  } finally {
    await browser.close();
    await server.stop();
  }
}

const met = (page) => page.getByText('Somebody else saved while you were writing').waitFor();

async function value(field, want) {
  const got = await field.inputValue();
  if (got !== want) throw new Error(`the field says ${got}, not ${want}`);
}

async function form(open) {
  const first = await open(accounts.santander, '/form');
  const second = await open(accounts.santanderApprover, '/form');
  const edit = async (page, at) => {
    await page
      .getByRole('button', { name: /^(Edit|Close): / })
      .nth(at)
      .click();
    return page.getByRole('textbox', { name: /^Question/ }).first();
  };
  const tabs = (page) => page.getByRole('tab', { name: /Español/ }).click();
  await tabs(first);
  await tabs(second);
  await (await edit(first, 0)).fill('¿Cómo se llama, de la primera persona?');
  await (await edit(second, 0)).fill('¿Cómo se llama, de la segunda persona?');
  await first.getByRole('button', { name: 'Save the form' }).click();
  await first.getByText('The form is saved').waitFor();
  await second.getByRole('button', { name: 'Save the form' }).click();
  await met(second);
  await second.getByText('You both changed this').waitFor();
  await value(
    second.getByRole('textbox', { name: /^Question/ }).first(),
    '¿Cómo se llama, de la segunda persona?',
  );
  await second.getByRole('button', { name: /^Take the other one: / }).click();
  await value(
    second.getByRole('textbox', { name: /^Question/ }).first(),
    '¿Cómo se llama, de la primera persona?',
  );
  await second.getByRole('button', { name: 'Save the form' }).click();
  await second.getByText('The form is saved').waitFor();
}

async function rules(open) {
  const first = await open(accounts.santander, '/rules/edit');
  const second = await open(accounts.santanderApprover, '/rules/edit');
  const reason = (page) => page.getByRole('textbox', { name: /the language that counts/ });
  const grace = (page) => page.getByRole('textbox', { name: /^Minutes of grace/ });
  await reason(second).fill('Motivo de la segunda persona');
  await grace(first).fill('20');
  await first.getByRole('button', { name: 'Save and see the changes' }).click();
  await first.getByRole('heading', { name: 'Grace after the deadline' }).waitFor();
  await second.getByRole('button', { name: 'Save and see the changes' }).click();
  await met(second);
  await second.getByText('Taken over from the other version').waitFor();
  await value(grace(second), '20');
  await value(reason(second), 'Motivo de la segunda persona');
  // What was typed survives a reload of the page, joined with what was saved meanwhile.
  await second.reload();
  await value(reason(second), 'Motivo de la segunda persona');
  await second.getByRole('button', { name: 'Save and see the changes' }).click();
  await second.getByText('Motivo de la segunda persona').waitFor();
  await second.getByText('20 minutes').first().waitFor();
}

async function criteria(open) {
  const first = await open(accounts.santander, '/criteria');
  const second = await open(accounts.santanderApprover, '/criteria');
  const names = (page) => page.getByRole('textbox', { name: /^Name/ });
  const save = async (page) => page.getByRole('button', { name: 'Save the criteria' }).click();
  const said = await names(first).nth(1).inputValue();
  await names(first).nth(0).fill('Impacto en la ciudad');
  // Typed before the other saves: a page that nobody has typed into just shows what is new.
  await names(second).nth(1).fill(`${said}, revisado`);
  await save(first);
  await first.getByText('Criteria saved').waitFor();
  await save(second);
  await met(second);
  await value(names(second).nth(0), 'Impacto en la ciudad');
  await value(names(second).nth(1), `${said}, revisado`);
  await save(second);
  await second.getByText('Criteria saved').waitFor();
  await first.reload();
  await value(names(first).nth(1), `${said}, revisado`);
}

// Saved as one types: sections of two people are joined without a question.
async function text(open) {
  const first = await open(accounts.santander, '/text');
  const second = await open(accounts.santanderApprover, '/text');
  const write = async (page, section, words) => {
    const field = page.locator(`textarea[name=${section}]`);
    await field.fill(words);
    await field.blur();
    await page.getByText(/^Draft saved/).waitFor();
  };
  await first.locator('textarea[name=problem]').waitFor();
  await second.locator('textarea[name=context]').waitFor();
  await write(first, 'problem', 'Lo escribe la primera persona.');
  await write(second, 'context', 'Lo escribe la segunda persona.');
  await second.getByText('Taken over from the other version').waitFor();
  const same = first.locator('textarea[name=context]');
  await same.fill('También la primera.');
  await same.blur();
  await first.getByText('You both changed this').waitFor();
  await value(first.locator('textarea[name=context]'), 'También la primera.');
  await first.getByRole('button', { name: /^Take the other one: / }).click();
  await first.reload();
  await value(first.locator('textarea[name=problem]'), 'Lo escribe la primera persona.');
  await value(first.locator('textarea[name=context]'), 'Lo escribe la segunda persona.');
}

async function ownWays(server, open) {
  const admin = await apiAs(server, accounts.admin);
  const { id } = await admin.post('/manage/contests', {
    title: { en: 'Second call', es: 'Segunda convocatoria', ja: '第二回' },
    dates: {
      opensAt: '2031-03-01T09:00:00Z',
      closesAt: '2031-04-01T09:00:00Z',
      judgingEndsAt: '2031-04-15T09:00:00Z',
      resultsAt: '2031-04-30T09:00:00Z',
    },
  });
  const page = await open(accounts.admin, `/admin/contests/${id}`);
  await page.getByLabel('A grace for everybody, marked as late').check();
  await page.getByLabel(/^Minutes of grace/).fill('0');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await page.getByRole('link', { name: 'Enter a whole number from 1 to 1440.' }).waitFor();
  await page.getByLabel(/^Minutes of grace/).fill('20');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Add a reason' }).click();
  const added = page.getByLabel(/^Reason 7 in English/);
  await page.getByRole('button', { name: 'Save the reasons' }).click();
  await page.getByRole('link', { name: 'Write the reason in at least one language.' }).waitFor();
  await added.fill('The trial would be outside the city');
  await page.locator('select[name=reasonLanguage]').selectOption('ja');
  await page.getByLabel(/^Reason 7 in Japanese/).fill('市外での実証である');
  await page.getByRole('button', { name: 'Remove reason 5' }).click();
  await page.getByRole('button', { name: 'Save the reasons' }).click();
  await page.getByText('This contest has a list of its own.').waitFor();
  const made = await admin.get(`/manage/contests/${id}`);
  const labels = made.screeningReasons.map(({ label }) => label.ja);
  if (made.graceMinutes !== 20 || !labels.includes('市外での実証である') || labels.length !== 7)
    throw new Error(`${made.graceMinutes} minutes, ${labels}`);
  await page.context().close();
}
