import { keyboard, text } from './keys.mjs';

/** Sends a form with errors twice, follows the summary to the fields, mends them and gets through. */
export async function recoverFromErrors(page, server) {
  const keys = keyboard(page);
  await page.goto(`${server.url}/register`);
  await keys.activate(page.getByRole('button', { name: text('identity', 'register.submit') }));
  await summary(page, text('identity', 'name.missing'));

  await keys.activate(page.getByRole('link', { name: text('identity', 'name.missing') }));
  await keys.type('Careful person');
  await keys.fill(text('identity', 'email'), 'no address');
  await keys.fill(text('identity', 'password'), 'long enough and unusual');
  await keys.press('Enter');
  await summary(page, text('identity', 'email.malformed'));

  await keys.activate(page.getByRole('link', { name: text('identity', 'email.malformed') }));
  await keys.press('Control+A');
  await keys.type('careful@example.org');
  await keys.press('Enter');
  // The password was not asked for again: what was typed is still there.
  await keys.heading(text('identity', 'mail.title'));
}

async function summary(page, first) {
  await page.getByRole('link', { name: first }).waitFor();
  const words = { title: text('app', 'errors.title'), prefix: text('app', 'errorPrefix') };
  await page
    .waitForFunction(
      ({ title, prefix }) =>
        document.activeElement?.textContent.includes(title) && document.title.startsWith(prefix),
      words,
      { timeout: 5_000 },
    )
    .catch(async () => {
      const at = await page.evaluate(() => `${document.activeElement?.tagName}, “${document.title}”`);
      throw new Error(`the summary has not got the focus, or the title its mark: ${at}`);
    });
}
