import { between } from '../lib/between.mjs';
import { accounts, apiAs } from '../lib/index.mjs';

/**
 * How what was taken along ends, in real Chromium: with the session, with the contest, with an entry that is the
 * juror's no more, for another person, and by another version of the program. And half an hour without a
 * connection, after which the access token has expired. Throws where something stays that should not, or goes that
 * should stay. The juror steps back from the last entry: nothing comes after it in this world.
 */
export async function ends(browser, server, { judging }) {
  const way = await between(server);
  const juror = await apiAs(server, accounts.juror);
  const queue = await juror.get(`/jury/challenges/${judging.id}/queue`);
  const context = await browser.newContext({ baseURL: way.url, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const device = new Device(context, way, server, juror, queue);
  try {
    await device.newVersion();
    await device.stepsBack(queue.items.at(-1).assignmentId);
    await device.signsOut();
    await device.isSignedOut();
    await device.anotherPerson();
    // From here on the clocks of all pages are moved.
    await device.halfAnHour(queue.items[0].assignmentId);
    await device.contestEnds();
  } finally {
    await context.close();
    way.stop();
  }
}

class Device {
  constructor(context, way, server, juror, queue) {
    Object.assign(this, { context, way, server, juror, queue });
  }

  /** Signs in without the form; the page that is shown knows of it. */
  async enter(email) {
    this.page ??= await this.context.newPage();
    const answer = await this.page.request.post(`${this.way.url}/api/v1/auth/sign-in`, {
      data: { email, password: this.server.password },
    });
    if (!answer.ok()) throw new Error(`signing in: ${answer.status()}`);
    if (!this.page.url().startsWith('http')) await this.page.goto('/help');
    await this.page.evaluate(() => localStorage.setItem('ft.signedIn', '1'));
  }

  async takeAlong(page = this.page) {
    await page.goto('/jury');
    await page.getByRole('button', { name: /^Take along/ }).click();
    await page.getByText(/^\d+ entr(y|ies) on this device, PDFs/).waitFor();
    const { worker, caches, kept, mark } = await inBrowser(page);
    if (!worker || caches.length !== 2 || kept.length < this.queue.items.length || !mark)
      throw new Error(`taken along: ${JSON.stringify({ worker, caches, kept, mark })}`);
    // At once, not only after the next page.
    if (!(await page.evaluate(() => !!navigator.serviceWorker.controller)))
      throw new Error('the worker does not serve the page that asked for it');
  }

  /** Waits until what is in the browser is as wanted. */
  async until(what, wanted) {
    for (const end = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
      const found = await inBrowser(this.page);
      if (wanted(found)) return;
      if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(found)}`);
    }
  }

  /** Waits until nothing of it is in the browser but what was never sent. */
  gone(what, { mark = false } = {}) {
    return this.until(
      what,
      (found) => !found.worker && found.caches.length === 0 && found.kept.length === 0 && found.mark === mark,
    );
  }

  /** Another version of the program: its worker, its page and its files, and nothing of the one before. */
  async newVersion() {
    await this.enter(accounts.juror);
    await this.takeAlong();
    this.way.version = 'next';
    await this.page.goto('/jury'); // the browser looks for a new worker by itself
    await this.until('the new worker', ({ caches }) => {
      const shells = caches.filter((name) => name.startsWith('ft-shell-'));
      return shells.join() === 'ft-shell-next';
    });
    await this.context.setOffline(true);
    await this.page.goto(`/jury/${this.queue.items[0].assignmentId}`);
    await this.page.locator('html[data-version=next] [data-criterion]').first().waitFor();
    await this.context.setOffline(false);
  }

  /** The session outlives a tunnel, the access token does not: what was typed arrives with the next one. */
  async halfAnHour(assignment) {
    await this.enter(accounts.juror);
    await this.takeAlong();
    this.juror = await apiAs(this.server, accounts.juror);
    const page = await this.context.newPage();
    await page.clock.install();
    await page.goto(`/jury/${assignment}`);
    const group = page.locator('[data-criterion]').first();
    await group.waitFor();
    await this.context.setOffline(true);
    const value = Number(await group.locator('input:not(:checked)').first().getAttribute('value'));
    await group.locator(`input[value="${value}"]`).check();
    await page.locator('.score-status[data-kept=true]').waitFor();
    await page.clock.fastForward('30:00');
    await page.getByText(/^It is kept on this device/).waitFor();
    this.way.expired = true;
    const before = this.way.refreshed;
    await this.context.setOffline(false);
    await page.getByText(/^Draft saved/).waitFor();
    const { review } = await this.juror.get(`/jury/assignments/${assignment}`);
    const found = review.scores.find((each) => each.criterionId === this.queue.criteria[0].id)?.score;
    if (found !== value) throw new Error(`after half an hour the server has ${found}, typed was ${value}`);
    if (this.way.refreshed === before)
      throw new Error('the access token was not renewed: this tries nothing');
    await page.close();
  }

  /** An entry from which the juror has stepped back goes with its PDF; the others stay. */
  async stepsBack(assignment) {
    const before = await inBrowser(this.page, { pdfs: true });
    await this.juror.post(`/jury/assignments/${assignment}/recuse`, { reason: 'A relative works there.' });
    await this.page.goto(`/jury/${this.queue.items[0].assignmentId}`);
    await this.page.locator('[data-criterion]').first().waitFor();
    const after = await inBrowser(this.page, { pdfs: true });
    if (after.kept.some((path) => path.endsWith(assignment)) || after.kept.length !== before.kept.length - 1)
      throw new Error(`after stepping back: ${after.kept}`);
    if (after.files.length !== before.files.length - 1)
      throw new Error(`PDFs after stepping back: ${before.files.length}, then ${after.files.length}`);
    this.queue.items.pop();
  }

  /** By the planned end of the contest; the worker shows no PDF beyond it even before a page has tidied up. */
  async contestEnds() {
    const [file] = (await inBrowser(this.page, { pdfs: true })).files;
    const shown = await this.page.evaluate(async (path) => {
      const cache = await caches.open('ft-along');
      const kept = await cache.match(path);
      const first = (await fetch(path)).status;
      const headers = new Headers(kept.headers);
      headers.set('X-Until', '1');
      await cache.put(path, new Response(await kept.blob(), { headers }));
      return [first, (await fetch(path)).status];
    }, file);
    if (shown.join() !== '200,404') throw new Error(`a PDF before and after the end: ${shown}`);
    const page = await this.context.newPage();
    await page.clock.setFixedTime(Date.parse(this.queue.keepUntil) + 1000);
    await page.goto('/help');
    await this.gone('after the end of the contest', { mark: true });
    await page.close();
  }

  /** In a tab that was open before anything was taken along, when the tab that took it is closed. */
  async signsOut() {
    await this.page.evaluate(() => localStorage.removeItem('ft.along'));
    await this.page.goto('/account');
    const other = await this.context.newPage();
    await this.takeAlong(other);
    await leaveUnsent(other);
    await other.close();
    await this.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await this.gone('after signing out');
    if ((await inBrowser(this.page)).unsent !== 1)
      throw new Error('what was never sent is gone with the sign-out');
  }

  /** From somewhere else: the page hears of it with its next request. */
  async isSignedOut() {
    await this.enter(accounts.juror);
    await this.takeAlong();
    const elsewhere = await this.context.browser().newContext({ baseURL: this.server.url });
    for (const [path, data] of [
      ['sign-in', { email: accounts.juror, password: this.server.password }],
      ['sign-out', { everywhere: true }],
    ]) {
      const answer = await elsewhere.request.post(`/api/v1/auth/${path}`, {
        data,
        headers: { 'X-Fieldtrial': '1' },
      });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    }
    await elsewhere.close();
    await this.page.goto('/help');
    await this.gone('after being signed out from somewhere else');
  }

  /** Who comes next in the same browser finds nothing of the one before. */
  async anotherPerson() {
    await this.enter(accounts.juror);
    await this.takeAlong();
    await this.enter(accounts.chair);
    await this.page.goto('/help');
    await this.gone('after another person has signed in', { mark: true });
    if ((await inBrowser(this.page)).unsent !== 1)
      throw new Error('what was never sent is gone for its writer');
  }
}

/**
 * What of the juror's work is in the browser; the PDFs where they are asked for. While something else takes them
 * away they are not: to look into a cache that has just gone would make it anew.
 */
function inBrowser(page, { pdfs = false } = {}) {
  return page.evaluate(async (pdfs) => {
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('fieldtrial-jury', 1);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const all = (name) =>
      new Promise((resolve) => {
        const asked = db.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
    const [kept, unsent] = await Promise.all([all('kept'), all('unsent')]);
    db.close();
    const names = (await caches.keys()).filter((name) => name.startsWith('ft-'));
    const files = pdfs ? await (await caches.open('ft-along')).keys() : [];
    return {
      worker: (await navigator.serviceWorker.getRegistrations()).length > 0,
      caches: names,
      kept: kept.map((each) => each.path),
      unsent: unsent.length,
      files: files.map((request) => new URL(request.url).pathname),
      mark: localStorage.getItem('ft.along') !== null,
    };
  }, pdfs);
}

/** Puts something aside that was typed for an entry that is not there any more: nothing ever sends it. */
function leaveUnsent(page) {
  return page.evaluate(async () => {
    const person = localStorage.getItem('ft.along');
    const db = await new Promise((resolve) => {
      const asked = indexedDB.open('fieldtrial-jury', 1);
      asked.onsuccess = () => resolve(asked.result);
    });
    await new Promise((resolve) => {
      const deed = db.transaction('unsent', 'readwrite');
      deed.objectStore('unsent').put({
        key: `${person}/${crypto.randomUUID()}/gone`,
        assignment: crypto.randomUUID(),
        reference: 'FT-0',
        tab: 'gone',
        base: { version: 0, typed: { scores: {}, toTeam: '', toJury: '', language: 'en' } },
        typed: { scores: {}, toTeam: 'Typed and never sent.', toJury: '', language: 'en' },
        submit: false,
        at: 1,
      });
      deed.oncomplete = resolve;
    });
    db.close();
  });
}
