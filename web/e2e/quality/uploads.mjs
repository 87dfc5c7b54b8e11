// Uploads over a line that breaks, one of two gigabytes, and files that follow a deadline. Prints its figures.
//
// upload_tab_mb is what the page's renderer process grows by while the 2 GB are hashed and sent: its resident
// memory (JavaScript heaps of page and worker, their buffers and everything else), sampled four times a second, at
// its highest, less what it was before the file was chosen.
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accounts, apiAs, launch, signIn, startServer } from '../lib/index.mjs';
import { publishChallenge } from '../lib/world/challenge.mjs';
import { enter } from '../lib/world/entry.mjs';
import { weakLine } from './weak-line.mjs';

const mb = 1024 * 1024;
const small = 60 * mb;
const big = 2048 * mb;
const runs = Number(process.env.UPLOAD_RUNS ?? 20);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The beginning of a WebM file, which is what a form for videos looks for. */
const webm = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
  'hex',
);

/** A file of a size that differs in every part; a sparse one carries a mark in each part and no more. */
function video(folder, name, size, sparse) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  ftruncateSync(file, size);
  for (let at = 0; at < size; at += 8 * mb) {
    const bytes = sparse ? randomBytes(64) : randomBytes(Math.min(8 * mb, size - at));
    writeSync(file, bytes, 0, bytes.length, at);
  }
  writeSync(file, webm, 0, webm.length, 0);
  closeSync(file);
  return path;
}

async function sha256(path) {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: 4 * mb })) hash.update(bytes);
  return hash.digest('hex');
}

async function until(fits, what, timeout) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await fits();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await pause(100);
  }
}

/** The file of that name in an entry, once all its bytes are there and hashed. */
async function arrived(member, entry, name, timeout) {
  return until(
    async () => {
      const { files } = await member.get(`/entries/${entry}`);
      return files.find((each) => each.name === name && each.sha256);
    },
    `${name} arrives`,
    timeout,
  );
}

async function signedIn(browser, server, line) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept()); // leaving during an upload asks first
  await signIn(page, { ...server, url: line.url }, accounts.startup);
  return page;
}

async function choose(page, path) {
  await page.getByLabel(/^Video/).setInputFiles(path);
}

/** Bounds how many bytes a second leave a page; -1 lifts it. */
async function throttle(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  return (bytes) =>
    cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes,
    });
}

const bar = (page) => page.getByRole('progressbar');
const sentOf = async (page) =>
  Number(
    await bar(page)
      .first()
      .getAttribute('value', { timeout: 500 })
      .catch(() => 0),
  );

/** One upload with a reload somewhere in its middle; whether the server has exactly these bytes in the end. */
async function resumed(page, line, member, entry, section, path, name, size, timeout) {
  await page.goto(`${line.url}/my/entries/${entry}/edit/${section}`);
  await choose(page, path);
  const from = size * (0.15 + Math.random() * 0.45);
  const early = await until(
    async () => (await sentOf(page)) > from || (await done(page, name)),
    'the upload moves',
    timeout,
  );
  if (early && !(await done(page, name))) {
    await page.reload();
    // The last part may have arrived between the look and the reload.
    await page
      .getByText('The upload was interrupted.')
      .or(page.getByText('Its fingerprint is here'))
      .or(page.getByRole('button', { name: `View ${name}` }))
      .first()
      .waitFor();
    if (!(await done(page, name))) await choose(page, path);
  }
  const file = await arrived(member, entry, name, timeout);
  return (
    file.sha256 === (await sha256(path)) && (!file.promisedSha256 || file.promisedSha256 === file.sha256)
  );
}

const done = (page, name) => page.getByRole('button', { name: `View ${name}` }).isVisible();

/** Memory of the renderer that shows a page, in bytes. */
async function watchTab(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = processInfo.filter((each) => each.type === 'renderer').map((each) => each.id);
  const resident = (pid) => {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      return 0; // ended meanwhile
    }
  };
  const total = () => pids.reduce((sum, pid) => sum + resident(pid), 0);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const before = total();
  let peak = before;
  let heap = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, total());
    void cdp.send('Runtime.getHeapUsage').then(
      ({ usedSize }) => {
        heap = Math.max(heap, usedSize);
      },
      () => {},
    );
  }, 250);
  return () => {
    clearInterval(timer);
    return { grown: (peak - before) / mb, before: before / mb, heap: heap / mb };
  };
}

async function wholeBig(browser, line, member, entry, section, folder, server) {
  const name = 'two-gigabytes.webm';
  const path = video(folder, name, big, true);
  const page = await signedIn(browser, server, line);
  await page.goto(`${line.url}/my/entries/${entry}/edit/${section}`);
  await page.getByLabel(/^Video/).waitFor();
  const stop = await watchTab(browser, page);
  const start = Date.now();
  // Loopback is faster than hashing; on a line of 8 MB/s the fingerprint is first on a busy machine, too.
  const slow = await throttle(page);
  await slow(8 * mb);
  await choose(page, path);
  await page.getByText('The fingerprint has been sent').first().waitFor({ timeout: 240_000 });
  const printed = (Date.now() - start) / 1000;
  await page.reload();
  await slow(-1);
  await choose(page, path);
  const file = await arrived(member, entry, name, 240_000);
  const tab = stop();
  console.error(
    `2 GB: fingerprint after ${printed.toFixed(0)} s, whole after ${((Date.now() - start) / 1000).toFixed(0)} s; ` +
      `renderers ${tab.before.toFixed(0)} MB before, + ${tab.grown.toFixed(0)} MB at most, heap of the page ${tab.heap.toFixed(0)} MB`,
  );
  await page.context().close();
  const sum = await sha256(path);
  rmSync(path);
  return { ok: file.sha256 === sum && file.promisedSha256 === sum, tab: tab.grown };
}

/** A submission by the fingerprint alone, bytes that follow after the deadline, and tries with new ones. */
async function late(browser, line, member, server, folder, challenge) {
  const { id: entry } = await enter(member, challenge.slug, {
    team: 'Slow line',
    submit: false,
    answers: true,
  });
  const { fields, sections } = await member.get(`/entries/${entry}`);
  const films = fields.find((field) => field.kind === 'file' && field.accept.includes('video'));
  const papers = fields.find((field) => field.kind === 'file' && field.accept.includes('pdf'));
  const section = sections.find((each) => each.fields.includes(films.id)).key;
  const path = video(folder, 'follows.webm', small, false);
  const pitch = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(4000)]);
  const announce = (fieldId, name, type, size) =>
    member.post(`/entries/${entry}/files`, { fieldId, name, type, size }).then((each) => each.file.id);
  const put = async (file, bytes) => {
    const { links } = await member.post(`/files/${file}/parts`, { numbers: [1] });
    await fetch(new URL(links[0].url, member.url), { method: 'PUT', body: bytes });
    return member.post(`/files/${file}/complete`);
  };
  // The pitch comes by its hash as well; its right bytes follow, after others were tried.
  const paper = await announce(papers.id, 'pitch.pdf', 'application/pdf', pitch.length);
  await member.put(`/files/${paper}/hash`, { sha256: createHash('sha256').update(pitch).digest('hex') });

  const page = await signedIn(browser, server, line);
  const slow = await throttle(page);
  await page.goto(`${line.url}/my/entries/${entry}/edit/${section}`);
  await page.getByLabel(/^Video/).waitFor();
  await slow(200 * 1024);
  await choose(page, path);
  await page.getByText('The fingerprint has been sent').first().waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Back to all sections' }).click();
  await page.getByRole('link', { name: 'Check and submit' }).click();
  await page.getByText('2 files are still on their way').waitFor();
  await page.getByRole('button', { name: 'Submit the entry' }).click();
  await page
    .getByRole('heading', { level: 1, name: 'Your entry has been received' })
    .waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'Files still to come' }).waitFor();
  // Announced in time and never submitted.
  const stray = await announce(films.id, 'stray.webm', 'video/webm', 1000);

  await pause(Math.max(0, challenge.closesAt - Date.now() + 1000));
  const tries = {
    'a new file': () => announce(films.id, 'new.webm', 'video/webm', 1000),
    'a new hash': () => member.put(`/files/${stray}/hash`, { sha256: '0'.repeat(64) }),
    'bytes without a hash': () => put(stray, Buffer.concat([webm, Buffer.alloc(1000 - webm.length)])),
    'other bytes': () =>
      put(paper, Buffer.concat([pitch.subarray(0, 4000), randomBytes(pitch.length - 4000)])),
    'another hash': () => member.put(`/files/${paper}/hash`, { sha256: 'f'.repeat(64) }),
  };
  let newOnes = 0;
  for (const [what, attempt] of Object.entries(tries)) {
    const problem = await attempt().then(
      () => undefined,
      (failure) => failure.problem?.code ?? String(failure),
    );
    if (!problem) {
      newOnes++;
      console.error(`after the deadline ${what} was accepted`);
    } else console.error(`after the deadline ${what}: ${problem}`);
  }
  await put(paper, pitch);
  await slow(-1);
  const film = await arrived(member, entry, 'follows.webm', 120_000);
  const both =
    film.sha256 === (await sha256(path)) &&
    film.sent &&
    (await arrived(member, entry, 'pitch.pdf', 5000)).sent;
  const { lastSubmission, changesNotSubmitted } = await member.get(`/entries/${entry}`);
  await page.context().close();
  const accepted = both && lastSubmission.kind === 'hash_only' && !changesNotSubmitted;
  return { accepted: accepted ? 1 : 0, newOnes };
}

/**
 * Measures and prints through `figure(name, value, unit)`.
 *
 * @param {(name: string, value: number | string, unit: string) => void} figure
 */
export async function uploads(figure) {
  let server;
  const line = await weakLine(() => server);
  const folder = mkdtempSync(join(tmpdir(), 'fieldtrial-uploads-'));
  let browser;
  try {
    server = await startServer({ name: 'uploads', env: { FIELDTRIAL_PUBLIC_URL: line.url } });
    browser = await launch();
    const member = await apiAs(server, accounts.startup);
    const challenge = await publishChallenge(server, {
      slug: 'files-that-follow',
      title: 'Archivos que llegan después',
      closesIn: 100,
    });
    const following = late(browser, line, member, server, folder, challenge);
    following.catch(() => {}); // whoever waits for it hears of it

    const { items } = await member.get('/challenges?status=open');
    const open = items.find((each) => each.slug !== challenge.slug);
    const { id: entry } = await enter(member, open.slug, { team: 'Weak line', submit: false });
    const { fields, sections } = await member.get(`/entries/${entry}`);
    const films = fields.find((field) => field.kind === 'file' && field.accept.includes('video'));
    const section = sections.find((each) => each.fields.includes(films.id)).key;

    const page = await signedIn(browser, server, line);
    let ok = 0;
    line.share = 0.25;
    for (let run = 1; run <= runs; run++) {
      const name = `run-${run}.webm`;
      const path = video(folder, name, small, false);
      try {
        if (await resumed(page, line, member, entry, section, path, name, small, 60_000)) ok++;
        else console.error(`run ${run}: other bytes arrived`);
      } catch (error) {
        console.error(`run ${run}: ${error.message}`);
      }
      rmSync(path);
    }
    line.share = 0;
    console.error(`${line.broken} of ${line.parts} parts broken`);
    await page.context().close();
    const followed = await following;
    const whole = await wholeBig(
      browser,
      line,
      await apiAs(server, accounts.startup),
      entry,
      section,
      folder,
      server,
    );
    figure('upload_resume_ok', Math.round(((ok + (whole.ok ? 1 : 0)) / (runs + 1)) * 100), '%');
    figure('upload_tab_mb', Math.round(whole.tab), 'MB');
    figure('late_bytes_accepted', followed.accepted, 'accepted');
    figure('late_hash_accepted', followed.newOnes, 'accepted');
  } finally {
    await browser?.close();
    line.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main || process.argv[1]?.endsWith('uploads.mjs')) {
  await uploads((name, value, unit) => console.log(`figure ${name} = ${value} ${unit}`));
}
