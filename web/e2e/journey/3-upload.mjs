import { founder } from './3-enter.mjs';
import { writePdf, writeVideo } from './media.mjs';

const size = 60 * 1024 * 1024;

/** 3c: the PDF and a video of 60 MB: progress, pause, resume, a reload in the middle, the same file again. */
export async function upload(stage) {
  const page = await stage.as(founder.email, `/my/entries/${stage.known.entry}`, founder);
  page.on('dialog', (dialog) => void dialog.accept()); // leaving during an upload asks first
  const video = await writeVideo(page, stage.media, 'one-second-at-the-stop.webm', size);
  const pdf = writePdf(stage.media, 'pitch.pdf', 'A queue that speaks', [
    'Lamps and a calm voice at each stop tell which bay has room.',
    'No cameras, no app. Two weeks to try it at Tsujido station.',
  ]);
  await page.getByRole('link', { name: 'Files' }).click();
  await page.getByLabel(/^Pitch document/).setInputFiles(pdf);
  await page.getByRole('button', { name: 'View pitch.pdf' }).waitFor();

  // A line on which a pause can be pressed in time: 60 MB would pass in a second.
  const line = await page.context().newCDPSession(page);
  const slow = (bytes) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes,
    });
  await line.send('Network.enable');
  await slow(24 * 1024 * 1024);
  await page.getByLabel(/^Video/).setInputFiles(video);
  const bar = page.getByRole('progressbar', { name: /^Upload of one-second/ });
  const sent = async () => Number(await bar.getAttribute('value'));
  await until(async () => (await sent()) > size / 6, 'the upload moves');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  const paused = await sent();
  await new Promise((resolve) => setTimeout(resolve, 400));
  if ((await sent()) !== paused || paused >= size)
    throw new Error(`paused at ${paused}, now ${await sent()}`);
  await page.getByRole('button', { name: 'Resume' }).click();
  // Three parts of 8 MB are on their way at a time: past the half, some have arrived for good.
  await until(async () => (await sent()) > Math.max(paused, size / 2), 'the upload goes on');

  await page.reload();
  await page.getByRole('button', { name: 'Choose the file again' }).waitFor();
  await slow(24 * 1024 * 1024);
  await page.getByLabel(/^Video/).setInputFiles(video);
  await bar.waitFor();
  const again = await sent();
  if (again < 8 * 1024 * 1024) throw new Error(`after the reload it begins at ${again}, so nothing was kept`);
  await slow(-1);
  await page.getByRole('button', { name: 'View one-second-at-the-stop.webm' }).waitFor({ timeout: 30_000 });
  await page
    .getByText(/63 MB|62[.,]9 MB|60 MB/)
    .first()
    .waitFor();
}

async function until(fits, what, timeout = 15_000) {
  const end = Date.now() + timeout;
  while (!(await fits())) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
