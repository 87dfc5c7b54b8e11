/** Demo accounts of the seeded programme; their password is `server.password`. */
export const accounts = {
  admin: 'admin@fieldtrial.example',
  santander: 'official@santander.example',
  santanderApprover: 'approver@santander.example',
  fujisawa: 'official@fujisawa.example',
  fujisawaApprover: 'approver@fujisawa.example',
  startup: 'startup@fieldtrial.example',
  juror: 'juror@fieldtrial.example',
  chair: 'chair@fieldtrial.example',
  manager: 'manager@fieldtrial.example',
  auditor: 'auditor@fieldtrial.example',
};

/**
 * Signs a page's context in without the form, for tests of what comes after. The page need not be open yet;
 * pages of the context that are open see it after a reload.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ url: string, password: string }} server
 * @param {string} email
 */
export async function signIn(page, server, email, password = server.password) {
  const answer = await page.request.post(`${server.url}/api/v1/auth/sign-in`, { data: { email, password } });
  if (!answer.ok()) throw new Error(`signing in as ${email}: ${answer.status()} ${await answer.text()}`);
  // The page asks for a session only where this hint says that there may be one.
  await page.context().addInitScript(() => {
    if (location.protocol.startsWith('http')) localStorage.setItem('ft.signedIn', '1');
  });
}
