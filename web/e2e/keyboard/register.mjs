import { linkIn, waitForMail } from '../lib/mail.mjs';
import { keyboard, text } from './keys.mjs';

/** Makes an account, which is signed in at once, and confirms its address by the mail. */
export async function registerAndConfirm(page, server, email = 'keys@example.org') {
  const keys = keyboard(page);
  await page.goto(`${server.url}/register`);
  await keys.fill(text('identity', 'name'), 'Keyboard user');
  await keys.fill(text('identity', 'email'), email);
  await keys.fill(text('identity', 'password'), 'a keyboard has many keys');
  await keys.press('Enter');
  await keys.heading(text('identity', 'mail.title'));

  const mail = await waitForMail(server, email);
  await page.goto(linkIn(mail, '/confirm-email'));
  await keys.activate(page.getByRole('button', { name: text('identity', 'confirm.submit') }));
  await keys.heading(text('identity', 'confirm.done'));

  await keys.activate(page.getByRole('link', { name: text('identity', 'continue') }));
  await page.getByRole('banner').getByText('Keyboard user').first().waitFor();
}
