import { apiAs, signIn } from '../lib/index.mjs';

/**
 * A juror scores pitches in two windows without a connection: where both gave the same criterion different scores the
 * juror chooses, the rest is joined. Then every answer is a portal's page, and the window is closed: another one sends
 * what was typed. Throws where something is lost, or called saved without the server's word.
 */
export async function twoWindows(browser, server, challenge, email) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const me = await apiAs(server, email);
  const desk = `/jury/challenges/${challenge}/pitch`;
  const { criteria } = await me.get(desk);
  const [a, b] = [await context.newPage(), await context.newPage()];
  try {
    await signIn(a, server, email);
    for (const page of [a, b]) await page.goto(desk);
    for (const page of [a, b]) await sheet(page, 0).getByRole('radio').first().waitFor();
    await context.setOffline(true);
    await score(a, 0, 0, 4);
    await score(b, 0, 0, 1);
    await score(b, 0, 1, 2);
    await context.setOffline(false);
    const mine = (page) => page.getByRole('button', { name: 'Keep what I typed here' });
    const late = await Promise.any(
      [a, b].map((page) =>
        mine(page)
          .waitFor()
          .then(() => page),
      ),
    );
    const [kept, theirs] = late === a ? [4, 1] : [1, 4];
    await late
      .getByRole('insertion')
      .filter({ hasText: String(theirs) })
      .waitFor();
    await mine(late).click();
    await arrives(me, desk, 0, [kept, 2], criteria);

    const early = late === a ? b : a;
    await early.route('**/api/**', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome aboard: sign in</h1>' }),
    );
    await score(early, 1, 0, 3);
    await sheet(early, 1).getByText('It is kept on this device').waitFor();
    if (
      await sheet(early, 1)
        .getByText(/saved \d/)
        .count()
    )
      throw new Error('"saved" on the word of a portal');
    await early.close();
    await late.goto('/jury');
    await arrives(me, desk, 1, [3], criteria);
  } finally {
    await context.close();
  }
}

const sheet = (page, at) => page.locator('.pitch-sheet').nth(at);

/** Gives one score and waits until this browser keeps it. */
async function score(page, at, criterion, value) {
  await sheet(page, at).locator('fieldset').nth(criterion).locator(`input[value="${value}"]`).check();
  await sheet(page, at).locator('[data-kept=true]').waitFor();
}

/** Waits until the server has these scores of the first criteria of a sheet. */
async function arrives(me, desk, at, wanted, criteria) {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const { scores } = (await me.get(desk)).items[at];
    const found = wanted.map((_, n) => scores.find((each) => each.criterionId === criteria[n].id)?.score);
    if (found.join() === wanted.join()) return;
    if (Date.now() > end) throw new Error(`the server has ${found}, typed was ${wanted}`);
  }
}
