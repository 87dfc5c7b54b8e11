import { accounts, apiAs } from '../lib/index.mjs';
import { juror } from './4-judge.mjs';

/** 4e: the juror reads the PDF, plays the video and scores both entries, by keyboard alone. */
export async function score(stage) {
  const page = await stage.as(juror.email, '/jury', { ...juror, windows: true });
  const keys = page.keyboard;
  await focus(page, page.getByRole('link', { name: stage.known.title, exact: true }));
  await keys.press('Enter');
  await page.waitForURL(/\/jury\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { name: 'Your score' }).waitFor();
  const queue = page.getByRole('navigation', { name: 'Your entries' });
  await queue.getByRole('listitem').nth(1).waitFor();
  if ((await queue.getByRole('listitem').count()) !== 2) throw new Error('the entry in conflict is not gone');
  await keys.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await keys.press('Escape');

  for (let n = 0; n < 2; n++) {
    const here = page.url();
    // The address changes before the page does: wait for the entry that it names.
    const current = queue.locator(`[aria-current=page][href="${new URL(here).pathname}"]`);
    const reference = (await current.textContent()).match(/[A-Z]+-\d+/)[0];
    const own = reference === stage.known.reference;
    if (own) await readFiles(page);
    const groups = page.locator('[data-criterion]');
    const criteria = await groups.count();
    for (let at = 0; at < criteria; at++) {
      await focus(page, groups.nth(at).getByRole('radio').first(), groups.nth(at));
      await keys.press(own ? '4' : '3');
      await groups.nth(at).getByRole('radio', { checked: true }).waitFor();
    }
    await focus(page, page.getByRole('textbox', { name: /^Comment to the team/ }));
    await keys.type(
      own ? 'Clear, small, and measured against what the city has.' : 'A good idea, not yet tried out.',
    );
    await page.getByText(/^Draft saved \d/).waitFor();
    if (own) await stage.shot(page, 'cockpit');
    await keys.press('Control+Enter');
    await page.waitForURL((url) => url.href !== here);
  }
  await page.waitForURL((url) => url.pathname === '/jury');
  await page.getByText('All scored').waitFor();
}

/** The PDF stands in a frame beside the scores, the video plays. */
async function readFiles(page) {
  const keys = page.keyboard;
  await focus(page, page.getByRole('tab', { name: 'Answers' }));
  await keys.press('ArrowRight');
  const frame = page.locator('iframe.cockpit-viewer');
  await frame.waitFor();
  const pdf = await page.context().request.get(new URL(await frame.getAttribute('src'), page.url()).href);
  if (pdf.headers()['content-type'] !== 'application/pdf') throw new Error(`PDF: ${pdf.status()}`);
  await keys.press('ArrowRight');
  const video = page.locator('video');
  await video.waitFor();
  await page.waitForFunction(() => document.querySelector('video')?.readyState >= 1);
  const wide = await video.evaluate((each) => each.videoWidth);
  if (wide !== 640) throw new Error(`the video is ${wide} wide`);
  await focus(page, video);
  await keys.press('Space');
  await page.waitForFunction(() => document.querySelector('video')?.currentTime > 0);
}

/** 4f: the juror changes a score before the lock; the other juror scores as well. */
export async function change(stage) {
  const page = await stage.as(juror.email, '/jury', juror);
  const assignments = await apiAs(stage.server, juror.email, juror.password);
  const { items } = await assignments.get(`/jury/challenges/${stage.known.challenge}/queue`);
  const own = items.find((item) => item.reference === stage.known.reference);
  await page.goto(`/jury/${own.assignmentId}`);
  const first = page.locator('[data-criterion]').first();
  await focus(page, first.getByRole('radio', { checked: true }), first);
  await page.keyboard.press('5');
  await page.getByText('You changed something after sending.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.pathname === '/jury');
  await otherJuror(stage);
}

/** The other juror agrees on the first and gives the rest less, through the API. */
async function otherJuror(stage) {
  const call = await apiAs(stage.server, accounts.juror);
  const { items, criteria } = await call.get(`/jury/challenges/${stage.known.challenge}/queue`);
  for (const item of items) {
    const path = `/jury/assignments/${item.assignmentId}/review`;
    const score = item.reference === stage.known.reference ? 5 : 2;
    await call.get(`/jury/assignments/${item.assignmentId}`);
    const scores = criteria.map((each, at) => ({ criterionId: each.id, score: score - (at === 1 ? 1 : 0) }));
    const review = { scores, toTeam: 'Clear about what will be measured.', toJury: '', language: 'en' };
    await call.put(path, review, { match: call.etag });
    await call.post(`${path}/submit`, undefined, { match: call.etag });
  }
}

/** Tabs until something has the focus: a group of radios has it when one of them has. */
async function focus(page, target, group = target) {
  await target.first().waitFor();
  for (let n = 0; n < 90; n++) {
    if (await group.evaluate((each) => each.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${target}`);
}
