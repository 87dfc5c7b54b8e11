import { accounts, apiAs } from '../lib/index.mjs';
import { signIn } from '../lib/people.mjs';
import { follow, settled } from '../routes/inspect.mjs';
import { plan } from '../routes/routes.check.mjs';
import { alarm } from './xss/alarm.mjs';
import { mailsAsHtml } from './xss/mail.mjs';
import { payloads } from './xss/payloads.mjs';
import { poison } from './xss/poison.mjs';

/**
 * Puts every payload into every text that people write, and opens whatever shows it: all pages, print views,
 * feeds, exports, mails. Spoils the world: nothing can be measured in it afterwards.
 */
export async function xss(browser, server, world, figure) {
  await world.judged;
  const start = Date.now();
  await hears(browser, server);
  const all = payloads();
  const { all: targets } = await plan(server, world);
  const columns = await poison(server, all);
  const mailed = sendMails(server, world);
  const fired = [];
  const seen = { pages: 0, showing: 0, unread: [] };
  const queue = targets.filter((each) => !each.stands);
  const worker = async () => {
    const contexts = new Map();
    for (let target = queue.shift(); target; target = queue.shift()) {
      const key = target.as ?? '';
      if (!contexts.has(key)) contexts.set(key, await open(browser, server, target.as));
      await visit(contexts.get(key), server, target, all.length, seen);
    }
    for (const { context, heard } of contexts.values()) {
      await context.close();
      fired.push(...heard.fired);
    }
  };
  await Promise.all([worker(), worker()]);
  await mailed;
  fired.push(...(await outside(browser, server, world)));
  for (const each of fired) console.error(`xss: ${each}`);
  for (const each of seen.unread) console.error(`xss: not seen: ${each}`);
  console.error(
    `xss: ${columns} columns, ${seen.pages} pages, payloads seen on ${seen.showing}, in ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  if (seen.unread.length > 0) throw new Error(`${seen.unread.length} pages did not show themselves`);
  if (seen.showing < 20) throw new Error('the payloads were hardly shown at all');
  figure('xss_payloads_tried', all.length, 'payloads');
  figure('xss_fired', fired.length, 'payloads');
}

/** Script that runs must be heard of, or silence would prove nothing. */
async function hears(browser, server) {
  for (const bad of [
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<img src="https://elsewhere.example/x.png">',
  ]) {
    const { context, page, heard } = await open(browser, server);
    await page.setContent(bad);
    await page.waitForTimeout(100);
    await heard.look(page, 'control');
    await context.close();
    if (heard.fired.length === 0) throw new Error(`nobody hears of ${bad}`);
  }
}

async function open(browser, server, account) {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  const heard = await alarm(context, new URL(server.url).origin);
  const page = await context.newPage();
  follow(page);
  if (account) await signIn(page, server, account);
  return { context, page, heard };
}

/** One page as it is, and as it is printed where it is made for that. */
async function visit({ page, heard }, server, target, count, seen) {
  const name = `${target.route}${target.name ? `, ${target.name}` : ''}`;
  const path = typeof target.path === 'function' ? await target.path() : target.path;
  try {
    await heard.look(page, name);
    await page.goto(server.url + path, { waitUntil: 'domcontentloaded' });
    await settled(page);
    await heard.look(page, name);
    // Some handlers wait for the pointer or the focus.
    await page.mouse.move(400, 300);
    await page.mouse.move(420, 500);
    if (/print|approval-sheet/.test(target.route)) {
      await page.emulateMedia({ media: 'print' });
      await page.pdf();
      await heard.look(page, `${name}, printed`);
      await page.emulateMedia({ media: null });
    }
    const text = await page.evaluate(() => document.body.textContent);
    seen.pages++;
    if (/alert\(|onerror|javascript:/i.test(text) || text.includes(`xss${count - 1}end`)) seen.showing++;
  } catch (error) {
    seen.unread.push(`${name}: ${error.message.split('\n')[0]}`);
  }
}

/** Acts whose mails carry names and texts. */
async function sendMails(server, { open: challenge, begun }) {
  const admin = await apiAs(server, accounts.admin);
  const member = await apiAs(server, accounts.startup);
  const official = await apiAs(server, accounts.santander);
  const question = await member.post(`/challenges/${challenge.slug}/questions`, {
    text: '<img src=x onerror=alert(1)>[x](javascript:alert(1))',
    lang: 'en',
  });
  await official.put(
    `/manage/questions/${question.id}/answer`,
    { text: '<script>alert(1)</script>', lang: 'es', public: false },
    { match: '"1"' },
  );
  await admin.post('/invitations', {
    email: 'xss@fieldtrial.example',
    name: '<img src=x onerror=alert(1)>',
    language: 'en',
    role: 'manager',
    scopeKind: 'installation',
  });
  await member.post(`/teams/${begun.teamId}/invitations`, {
    email: 'xss2@fieldtrial.example',
    name: '"><svg onload=alert(1)>',
    role: 'team_viewer',
  });
}

/** What lies beside the pages: feeds, lists to embed, open data, exports, the API's answers, mails. */
async function outside(browser, server, { open: challenge, ended, submitted, contest }) {
  const context = await browser.newContext({ acceptDownloads: true });
  const heard = await alarm(context, new URL(server.url).origin);
  const page = await context.newPage();
  const { headers } = await authorised(server, accounts.admin);
  await context.setExtraHTTPHeaders(headers);
  const { files = [] } = await (await apiAs(server, accounts.admin)).get('/open-data');
  const api = [
    '/challenges',
    `/challenges/${challenge.slug}`,
    `/challenges/${challenge.slug}/questions`,
    `/contests/${contest}`,
    `/entries/${submitted.id}`,
    `/manage/challenges/${ended.id}/entries`,
    '/exports/participation.csv',
    `/manage/challenges/${ended.id}/numbers.csv`,
    `/challenges/${challenge.slug}/deadline.ics`,
  ].map((path) => `/api/v1${path}`);
  const feeds = ['en', 'es', 'ja'].flatMap((l) =>
    ['json', 'rss', 'ics'].map((kind) => `/feeds/challenges.${l}.${kind}`),
  );
  const others = [
    '/embed/challenges?lang=es',
    '/sitemap.xml',
    ...files.map((each) => each.url ?? each.path ?? each),
  ];
  for (const path of [...api, ...feeds, ...others]) {
    const url = new URL(path, server.url).href;
    await heard.look(page, path);
    // What is to be saved is no page: the browser says so.
    await page.goto(url).catch((error) => {
      if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
    });
    await heard.look(page, path);
  }
  await context.setExtraHTTPHeaders({});
  await page.goto(`${server.url}/dev/mail`);
  await heard.look(page, 'the mailbox');
  const letters = mailsAsHtml(server).slice(-12);
  if (!letters.some((html) => html.includes('onerror'))) throw new Error('no mail carries a payload');
  for (const html of letters) {
    const letter = await context.newPage();
    await letter.setContent(html); // without any policy of ours
    await heard.look(letter, 'a mail');
    await letter.close();
  }
  await context.close();
  return heard.fired;
}

async function authorised(server, email) {
  const answer = await fetch(`${server.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: server.password }),
  });
  const { accessToken } = await answer.json();
  return { headers: { Authorization: `Bearer ${accessToken}` } };
}
