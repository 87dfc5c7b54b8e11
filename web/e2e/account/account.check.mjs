// Second factors, passkeys, sessions and personal tokens in a real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sql } from '../journey/sql.mjs';
import { accounts, check, launch, signIn, startServer } from '../lib/index.mjs';
import { codeOf } from './codes.mjs';

export async function run() {
  const server = await startServer({ name: 'account' });
  const browser = await launch();
  try {
    const open = async (account) => {
      const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      if (account) await signIn(page, server, account);
      return page;
    };
    const scene = { server, open, page: await open(accounts.startup), problems: [] };
    const steps = [
      ['an authenticator app is set up by picture or key', setsUp],
      ['the password alone does not sign in any more', secondStep],
      ['a recovery code signs in, once', recovers],
      ['other sessions are listed and ended', endsOthers],
      ['a personal token reads what it may, and nothing of the account', makesToken],
      ['a sensitive change asks for a fresh proof', proves],
      ['a passkey is added, signs in and is removed', usesPasskey],
      ['a copy of one’s data is made and downloaded', copiesData],
      ['consent is given and taken back', consents],
      ['the account is erased for good', erases],
    ];
    for (const [name, step] of steps) {
      if (
        !(await check(
          `account: ${name}`,
          () => step(scene),
          () => scene.page,
        ))
      )
        break;
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function setsUp(scene) {
  const { page } = scene;
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  scene.secret = await page.locator('.secret-key').textContent();
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Confirm the app' }).click();
  await page.getByText('This code is wrong or was used already.').first().waitFor();
  // The code of the step before, so that those of now and the next are left for signing in.
  await page.getByLabel('Code from the app').fill(codeOf(scene.secret, -1));
  await page.getByRole('button', { name: 'Confirm the app' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  scene.codes = await page.locator('.recovery-codes code').allTextContents();
  assert.equal(scene.codes.length, 10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('You have 10 codes left.').waitFor();
}

async function askForStep(scene) {
  const page = await scene.open();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(accounts.startup);
  await page.getByLabel('Password').fill(scene.server.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Second step' }).waitFor();
  return page;
}

async function answerStep(page, code) {
  await page.getByLabel('Code of your app').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
}

async function secondStep(scene) {
  const page = await askForStep(scene);
  await answerStep(page, '123456');
  await page.getByText('This code is wrong or was used already.').first().waitFor();
  await answerStep(page, codeOf(scene.secret));
  await page.waitForURL(/\/challenges/);
}

async function recovers(scene) {
  const page = await askForStep(scene);
  await answerStep(page, scene.codes[0].toLowerCase());
  await page.waitForURL(/\/challenges/);
  const again = await askForStep(scene);
  await answerStep(again, scene.codes[0]);
  await again.getByText('This code is wrong or was used already.').first().waitFor();
  scene.other = page;
}

async function endsOthers(scene) {
  const { page, other } = scene;
  await page.reload();
  const list = page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem');
  await list.nth(2).waitFor();
  assert.equal(await list.count(), 3);
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await list.nth(1).waitFor({ state: 'detached' });
  await other.goto('/account');
  await other.getByText('Sign in').first().waitFor();
}

async function makesToken(scene) {
  const { page, server } = scene;
  await page.goto('/account/tokens');
  await page.getByLabel('What it is for').fill('Dashboard');
  await page.getByLabel('Read teams and entries').check();
  await page.getByRole('button', { name: 'Make the token' }).click();
  const text = await page.locator('.copy code').textContent();
  const ask = (method, path, body) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${text}`, 'Content-Type': 'application/json' },
      body,
    }).then((answer) => answer.status);
  assert.equal(await ask('GET', '/my/entries'), 200);
  assert.equal(await ask('POST', '/teams', '{"name":"By token","kind":"startup","country":"ES"}'), 403);
  assert.equal(await ask('GET', '/me'), 403);
  assert.equal(await ask('GET', '/me/sessions'), 403);
  assert.equal(await ask('POST', '/me/password', '{"current":"a","password":"b"}'), 403);
  await page.getByRole('button', { name: 'Revoke the token Dashboard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('You have no tokens.').waitFor();
  assert.equal(await ask('GET', '/my/entries'), 401);
}

async function proves(scene) {
  const { page, server } = scene;
  await sql(server, "update sessions set proved_at = proved_at - interval '1 hour'");
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Make new codes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make new codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' });
  await dialog.getByLabel('Password').fill('not this one');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByText('This is not your current password.').first().waitFor();
  await dialog.getByLabel('Password').fill(server.password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  scene.codes = await page.locator('.recovery-codes code').allTextContents();
  await page.getByRole('button', { name: 'I have kept them' }).click();
}

async function usesPasskey(scene) {
  // Not a page of signIn: that one takes itself for signed in at every visit.
  const page = await askForStep(scene);
  scene.page = page;
  await answerStep(page, scene.codes[0]);
  await page.waitForURL(/\/challenges/);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Laptop');
  await page.getByRole('button', { name: 'Continue with the browser' }).click();
  await page.getByRole('button', { name: 'Rename the passkey Laptop' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Work laptop');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Work laptop').waitFor();
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].isResidentCredential, true);

  const signOut = async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out', exact: true }).last().click();
    await page.waitForFunction(() => !localStorage.getItem('ft.signedIn'));
    await page.goto('/sign-in');
  };
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/\/challenges/);

  await page.goto('/account/security');
  await page.getByText('Last used').first().waitFor();
  await page.getByRole('button', { name: 'Remove the passkey Work laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the passkey' }).click();
  await page.getByText('The passkey is removed').waitFor();
  await readsLog(page);
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey could not be checked.').waitFor();
}

/** The security log tells of all that. */
async function readsLog(page) {
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'See the security log' }).click();
  for (const deed of [/Passkey added/, /A recovery code was used/, /Authenticator app set up/]) {
    await page.getByRole('rowheader', { name: deed }).first().waitFor();
  }
}

async function copiesData(scene) {
  scene.page = await scene.open(accounts.juror);
  const { page } = scene;
  await page.goto('/account/data');
  await page.getByRole('button', { name: 'Make a copy' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'fieldtrial-my-data.zip');
  const bytes = readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  assert.ok(bytes.includes('data.json') && bytes.includes('csv/own_reviews.csv'));
}

async function consents({ page }) {
  const box = page.getByLabel(/Write to me when the programme/);
  assert.equal(await box.isChecked(), false);
  await box.click();
  await page.getByText('Agreed on').waitFor();
  await box.click();
  await page.getByText('Agreed on').waitFor({ state: 'detached' });
}

async function erases(scene) {
  const { page, server } = scene;
  await page.getByRole('button', { name: 'Erase the account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('Your account is erased').waitFor();
  const rows = await sql(server, "select count(*) from people where email = 'juror@fieldtrial.example'");
  assert.deepEqual(rows, [['0']]);
  const again = await fetch(`${server.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: accounts.juror, password: server.password }),
  });
  assert.equal(again.status, 401);
}
