import { fileURLToPath } from 'node:url';
import { signIn } from '../lib/people.mjs';
import { pdf } from '../lib/world/entry.mjs';
import { keyboard, text } from './keys.mjs';

/** Finds an open challenge, enters it, answers every question, uploads a PDF and submits. */
export async function findAndEnter(page, server, account) {
  const keys = keyboard(page);
  await signIn(page, server, account);
  await page.goto(`${server.url}/`);
  await keys.activate(page.getByRole('main').getByRole('link', { name: text('contest', 'landing.action') }));
  await page.waitForURL(/\/challenges\?/);
  // A new page takes the focus to its heading: what is pressed before that is pressed on the page before.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await keys.to(page.getByRole('searchbox'));
  await keys.type('air');
  await page.waitForURL(/q=air/);
  await keys.activate(page.getByRole('main').locator('a[href*="/challenges/air-"]'));
  await keys.activate(page.getByRole('main').locator('a[href$="/enter"]'));
  await keys.heading(text('entry', 'enter.title'));
  await team(page, keys);
  await page.waitForURL(/\/my\/entries\/[^/]+$/);
  await keys.activate(page.getByRole('main').locator('a[href*="/edit/"]'));
  await page.waitForURL(/\/edit\//);
  while (/\/edit\//.test(new URL(page.url()).pathname)) await section(page, keys);
  await keys.heading(text('entry', 'check.title'));
  await keys.activate(page.getByRole('button', { name: text('entry', 'submit.go') }));
  await keys.heading(text('entry', 'submitted.title'));
}

async function team(page, keys) {
  const main = page.getByRole('main');
  const already = main.getByRole('radio', { name: text('entry', 'enter.team.new') });
  if (await already.count()) {
    await keys.to(main.getByRole('radio'));
    while (!(await already.isChecked())) await keys.press('ArrowDown');
  }
  await keys.fill(text('team', 'team.name'), 'Team of one keyboard');
  await keys.to(main.getByRole('radio', { name: text('team', 'kind.startup') }));
  await keys.press('Space');
  await keys.to(main.getByLabel(text('team', 'team.country')));
  await keys.type('Spain');
  await keys.activate(main.getByRole('button', { name: text('entry', 'enter.go') }));
}

/** Walks through one section by Tab, answers what is empty, and takes the link to the next. */
async function section(page, keys) {
  const from = page.url();
  // The page before stays until this one is ready; then its heading gets the focus.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.locator('main form').waitFor();
  for (let i = 0; i < 60; i++) {
    await keys.press('Tab');
    const at = await page.evaluate(() => {
      const { tagName, type, value, checked, className, accept } = document.activeElement;
      const inside = Boolean(document.activeElement.closest('main'));
      return { tagName, type, value, checked, accept, inside, next: /primary/.test(className) };
    });
    if (!at.inside) continue;
    if (at.tagName === 'A' && at.next) {
      await keys.press('Enter');
      await page.waitForURL((url) => url.href !== from);
      return;
    }
    await answer(page, keys, at);
  }
  throw new Error(`no way on from ${from}; now at ${await keys.focusName()}`);
}

async function answer(page, keys, at) {
  if (at.tagName === 'TEXTAREA' || at.type === 'text') {
    if (!at.value) await keys.type('We count people without cameras and try it for six weeks.');
  } else if (at.type === 'radio') {
    await keys.press('Space');
  } else if (at.tagName === 'SELECT') {
    await keys.press('ArrowDown');
  } else if (at.type === 'file' && at.accept.includes('pdf')) {
    await (await choose(page, keys)).setFiles(fileURLToPath(pdf));
    await page.getByText('pitch.pdf').first().waitFor();
    await page
      .getByRole('button', { name: text('entry', 'file.remove') })
      .first()
      .waitFor({ timeout: 30_000 });
  }
}

/** Opens the file dialog. A person whose key came while the page was still being drawn presses again. */
async function choose(page, keys) {
  for (const key of ['Enter', 'Space', 'Enter', 'Space']) {
    const chooser = page.waitForEvent('filechooser', { timeout: 5_000 }).catch(() => undefined);
    await keys.press(key);
    const opened = await chooser;
    if (opened) return opened;
  }
  throw new Error(`no file dialog opened at ${await keys.focusName()}`);
}
