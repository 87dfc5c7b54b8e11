import { accounts, apiAs, signIn } from '../lib/index.mjs';

/**
 * A juror on a train, in real Chromium: takes the entries along, scores without a connection, loses the tab, meets a
 * captive portal, types in two tabs. Gives how many scores were typed and how many of them the server does not have
 * in the end; throws where the page says "saved" without the server's word.
 *
 * @returns {Promise<{ typed: number, lost: number }>}
 */
export async function offline(browser, server, { judging }) {
  const juror = await apiAs(server, accounts.juror);
  const { items, criteria } = await juror.get(`/jury/challenges/${judging.id}/queue`);
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
  const train = new Train(context, server, juror, criteria);
  try {
    await train.board();
    await train.scoresAlone(items[0].assignmentId, items[1].assignmentId);
    await train.usesTwoTabs(items[0].assignmentId);
    await train.meetsPortal(items[2].assignmentId); // the last: Chromium's dead tab stays in the context
    return { typed: train.typed.size, lost: await train.lost() };
  } finally {
    await context.close();
  }
}

class Train {
  typed = new Map(); // "assignment criterion" → score

  constructor(context, server, juror, criteria) {
    Object.assign(this, { context, server, juror, criteria });
  }

  async page(path) {
    const page = await this.context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(path);
    return page;
  }

  async board() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(20_000);
    await signIn(page, this.server, accounts.juror);
    await page.goto('/jury');
    await page.getByRole('button', { name: /^Take along/ }).click();
    await page.getByText(/entries on this device, PDFs/).waitFor();
    this.desk = page;
  }

  /** Types one score, the next one where it stands already, and waits until this browser keeps it. */
  async score(page, assignment, at, wanted) {
    const group = page.locator('[data-criterion]').nth(at);
    await group.waitFor();
    const checked = group.locator('input:checked');
    const stands = (await checked.count()) > 0 ? Number(await checked.getAttribute('value')) : undefined;
    const value = wanted === stands ? (wanted + 1) % 6 : wanted;
    await group.locator(`input[value="${value}"]`).check();
    await page.locator('.score-status[data-kept=true]').waitFor();
    this.typed.set(`${assignment} ${this.criteria[at].id}`, value);
    return value;
  }

  /** No connection: the page comes from the browser, a PDF too; one review is finished, one left by closing the tab. */
  async scoresAlone(first, second) {
    const page = this.desk;
    await this.context.setOffline(true);
    await page.goto(`/jury/${first}`);
    for (let at = 0; at < this.criteria.length; at++) await this.score(page, first, at, 1 + (at % 3));
    await page.getByRole('tab', { name: /pdf/i }).first().click();
    const frame = page.locator('iframe.cockpit-viewer');
    await frame.waitFor();
    const type = await page.evaluate(
      async (src) => (await fetch(src)).headers.get('content-type'),
      await frame.getAttribute('src'),
    );
    if (type !== 'application/pdf') throw new Error(`the PDF without a connection: ${type}`);
    const comment = page.getByRole('textbox', { name: /^Comment to the team/ });
    await comment.fill('Read on the train, and still convincing.');
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/^Kept on this device/)
      .first()
      .waitFor();
    await page.goto(`/jury/${second}`);
    for (let at = 0; at < this.criteria.length; at++) await this.score(page, second, at, 2 + (at % 3));
    if (await page.getByText(/^Draft saved/).count()) throw new Error('"saved" without the server');
    await page.close();
    await this.context.setOffline(false);
    this.desk = await this.page('/jury');
    await this.arrives(first, 'submitted');
    await this.arrives(second);
  }

  /** Every answer is the portal's page with a 200: nothing of it counts. Then the tab dies. */
  async meetsPortal(assignment) {
    const page = this.desk;
    await page.goto(`/jury/${assignment}`);
    await page.locator('[data-criterion]').first().waitFor();
    await page.route('**/api/**', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome aboard: sign in</h1>' }),
    );
    for (let at = 0; at < this.criteria.length; at++) await this.score(page, assignment, at, 4 - (at % 3));
    await page.getByText(/^It is kept on this device/).waitFor();
    if (await page.getByText(/^Draft saved/).count()) throw new Error('"saved" on the word of a portal');
    const session = await this.context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => {});
    await crashed;
    this.desk = await this.page('/jury');
    await this.arrives(assignment);
  }

  /** Two tabs type over the same review without a connection; where both changed the same, the juror decides. */
  async usesTwoTabs(assignment) {
    const [a, b] = [this.desk, await this.page(`/jury/${assignment}`)];
    await a.goto(`/jury/${assignment}`);
    await a.locator('[data-criterion]').first().waitFor();
    await b.locator('[data-criterion]').first().waitFor();
    await this.context.setOffline(true);
    await this.score(a, assignment, 0, 5);
    const inA = await this.score(a, assignment, 1, 4);
    const inB = await this.score(b, assignment, 1, 0);
    await this.score(b, assignment, 2, 5);
    await this.context.setOffline(false);
    const mine = (page) => page.getByRole('button', { name: 'Keep what I typed here' });
    const page = await Promise.any(
      [a, b].map((each) =>
        mine(each)
          .waitFor()
          .then(() => each),
      ),
    );
    this.typed.set(`${assignment} ${this.criteria[1].id}`, page === a ? inA : inB);
    await mine(page).click();
    await page.getByText(/^Draft saved/).waitFor();
    await b.close();
  }

  /** Waits until the server has what was typed of an assignment. */
  async arrives(assignment, state) {
    const until = Date.now() + 20_000;
    for (;;) {
      const { review } = await this.juror.get(`/jury/assignments/${assignment}`);
      const lost = this.missing(assignment, review);
      if (lost === 0 && (!state || review.state === state)) return;
      if (Date.now() > until)
        throw new Error(`${lost} scores of ${assignment} have not arrived (${review.state})`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  missing(assignment, review) {
    return [...this.typed].filter(([key, value]) => {
      const [of, criterion] = key.split(' ');
      return (
        of === assignment && review.scores.find((each) => each.criterionId === criterion)?.score !== value
      );
    }).length;
  }

  async lost() {
    let lost = 0;
    for (const assignment of new Set([...this.typed.keys()].map((key) => key.split(' ')[0]))) {
      const { review } = await this.juror.get(`/jury/assignments/${assignment}`);
      lost += this.missing(assignment, review);
    }
    return lost;
  }
}
