import { accounts, apiAs, signIn } from '../lib/index.mjs';
import { keyboard, text } from './keys.mjs';

const said = (feature) => (key) => text(feature, key, 'ja');
const numbers = said('numbers');
const questions = said('questions');
const translate = said('translate');

/**
 * An official answers a question, makes a campaign link, and asks for a translation and takes it back, in Japanese.
 * After each act the focus is somewhere in the page: nobody starts again at its top.
 */
export async function workAtTheDesk(page, server, { open, draft }) {
  const member = await apiAs(server, accounts.startup);
  await member.post(`/challenges/${open.slug}/questions`, { text: '通信の方式は何ですか。', lang: 'ja' });
  const keys = keyboard(page);
  const main = page.getByRole('main');
  const done = async (words) => {
    await page.getByText(words, { exact: true }).first().waitFor();
    await page.waitForFunction(() => document.querySelector('main').contains(document.activeElement));
  };
  await signIn(page, server, accounts.santander);

  await page.goto(`${server.url}/ja/manage/challenges/${open.id}/questions`);
  await keys.activate(main.getByRole('button', { name: questions('answer.go'), exact: true }));
  await main.locator('textarea:focus').waitFor();
  await keys.type('LoRaWANです。');
  await keys.activate(main.getByRole('button', { name: questions('answer.send') }));
  await done(questions('answer.done.public'));

  await page.goto(`${server.url}/ja/manage/challenges/${open.id}/numbers`);
  await keys.fill(numbers('link.label'), 'UTA');
  await keys.press('Enter');
  await done(numbers('link.made'));

  await page.goto(`${server.url}/ja/manage/challenges/${draft}/translations`);
  const english = main.getByRole('region', { name: 'English' });
  await keys.activate(english.locator('summary'));
  await keys.to(english.getByRole('textbox', { name: translate('ask.email') }));
  await keys.type('traductora@lenguas.example');
  await keys.press('Enter');
  await done(translate('ask.done'));
  const cancel = english.getByRole('button', { name: translate('cancel').replace('{who}', '') });
  await keys.activate(cancel, 'Enter', 'Shift+Tab');
  await keys.activate(page.getByRole('dialog').getByRole('button', { name: translate('cancel.confirm') }));
  await done(translate('cancelled'));
}
