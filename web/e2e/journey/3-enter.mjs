import { linkIn, waitForMail } from '../lib/index.mjs';

/** The person who enters, and the answers; steps after this one read them again. */
export const founder = {
  email: 'founder@kerbside.example',
  password: 'seven buses before breakfast',
  team: 'Kerbside',
};

const answers = {
  about: {
    'Project title': 'A queue that speaks',
    Summary: 'Lamps and a calm voice at each stop tell which bay has room. **No cameras, no app.**',
    'Team and experience': 'Two engineers and a designer. We ran a stop in Bilbao for three months.',
    Website: 'https://kerbside.example/',
  },
  solution: {
    'Your solution': 'Weight mats count who waits.\n\n- Light shows room\n- Voice in three languages',
    'Security and privacy': 'Counts only. Nothing personal leaves the stop; totals are deleted after a day.',
  },
  demonstration: {
    'How will you demonstrate it?': 'Week 1: two bays. Week 2: all bays, measured against the sensors.',
    'What you need from the testbed': 'Two bays, power, and the counts of the sensors.',
  },
};

/** 3a: a startup registers, which signs it in, and confirms its address by the mail. */
export async function register(stage) {
  const page = await stage.visit(`/challenges/${stage.known.slug}`);
  await page.getByRole('link', { name: 'Start your entry' }).click();
  // The page before stays until this one is ready, and has links to sign in of its own.
  await page.getByRole('link', { name: 'Start your entry' }).waitFor({ state: 'detached' });
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Founder');
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(founder.email);
  await page.getByLabel('Password').fill(founder.password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Look in your mailbox' }).waitFor();

  const mail = await waitForMail(stage.server, founder.email);
  await page.goto(linkIn(mail, '/confirm-email'));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Your address is confirmed' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Continue', exact: true }).click();
  // Back where it wanted to go before it had an account.
  await page.waitForURL((url) => url.pathname === `/challenges/${stage.known.slug}/enter`);
}

/** 3b: it makes a team, starts the entry, and finds every word again after a reload. */
export async function begin(stage) {
  const page = await stage.as(founder.email, `/challenges/${stage.known.slug}/enter`, founder);
  await page.getByRole('textbox', { name: /^Name of the team/ }).fill(founder.team);
  await page.getByRole('radio', { name: 'Startup' }).check();
  await page.getByRole('combobox', { name: /^Country/ }).selectOption({ label: 'Spain' });
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: 'Start the entry' }).click();
  await page.waitForURL(/\/my\/entries\/[0-9a-f-]+$/);
  stage.known.entry = new URL(page.url()).pathname.split('/').at(-1);
  await page.getByText('Not submitted yet').first().waitFor();

  await page.getByRole('link', { name: 'About your project and team' }).click();
  for (const [section, fields] of Object.entries(answers)) {
    for (const [label, text] of Object.entries(fields)) {
      await page.getByRole('textbox', { name: new RegExp(`^${label.replace('?', '\\?')}`) }).fill(text);
    }
    if (section === 'about') {
      await page.getByRole('radio', { name: /^Prototype/ }).check();
      await page.getByText(/^Draft saved \d/).waitFor();
      await page.reload();
      const title = page.getByRole('textbox', { name: /^Project title/ });
      await title.waitFor();
      if ((await title.inputValue()) !== answers.about['Project title']) throw new Error('the title is gone');
      await page.getByRole('radio', { name: /^Prototype/, checked: true }).waitFor();
    } else {
      await page.getByText(/^Draft saved \d/).waitFor();
    }
    if (section !== 'demonstration') await page.getByRole('link', { name: /^Next: / }).click();
  }
  await page.getByRole('link', { name: 'Back to all sections' }).click();
  await page.getByRole('link', { name: 'Your solution' }).waitFor();
  await page.getByText('Complete', { exact: true }).nth(2).waitFor();
  const done = await page.getByText('Complete', { exact: true }).count();
  if (done !== 3) throw new Error(`${done} of 3 sections are complete`);
}
