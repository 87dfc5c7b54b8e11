import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '~/api/problem';
import { find, type Progress, send } from './upload';

const post = vi.fn();
const get = vi.fn();
vi.mock('~/api/client', () => ({
  api: { POST: (...a: unknown[]) => post(...a), GET: (...a: unknown[]) => get(...a) },
  ok: (answer: unknown) => answer,
}));

/** A store that answers PUTs as the test says, at once. */
let answer: (url: string) => number;
const put: { url: string; size: number }[] = [];
class Request {
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onloadend?: () => void;
  status = 0;
  url = '';
  aborted = false;
  open(_: string, url: string) {
    this.url = url;
  }
  abort() {
    this.aborted = true;
    this.onloadend?.();
  }
  async send(blob: Blob) {
    await Promise.resolve();
    this.upload.onprogress?.({ loaded: blob.size });
    this.status = answer(this.url);
    if (this.status === -1) return;
    put.push({ url: this.url, size: blob.size });
    if (!this.aborted) this.onloadend?.();
  }
}

const file = new File([new Uint8Array(25)], 'pitch.pdf');
const upload = (arrived: number[] = []) => ({
  fileId: 'f1',
  partSize: 10,
  partCount: 3,
  arrived: new Set(arrived),
});

beforeEach(() => {
  put.length = 0;
  answer = () => 200;
  vi.stubGlobal('XMLHttpRequest', Request);
  vi.useFakeTimers();
  post.mockImplementation(async (path: string, options: { body?: { numbers: number[] } }) =>
    path === '/files/{id}/parts'
      ? { links: options.body?.numbers.map((number) => ({ number, url: `/files/part-${number}` })) }
      : { id: 'f1', state: 'checking' },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  post.mockReset();
});

function run(arrived: number[] = []) {
  const seen: Progress[] = [];
  const running = send(upload(arrived), file, (progress) => seen.push(progress));
  const until = async (state: Progress['state']) => {
    for (let second = 0; second < 200 && seen.at(-1)?.state !== state; second++) {
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(seen.at(-1)?.state).toBe(state);
    return seen.at(-1);
  };
  return { seen, running, until };
}

test('sends all parts and completes', async () => {
  const { until } = run();
  const end = await until('done');
  expect(end).toMatchObject({ sent: 25, total: 25, file: { id: 'f1' } });
  expect(put.map((each) => each.size).sort()).toEqual([10, 10, 5]);
});

test('sends only what has not arrived', async () => {
  get.mockResolvedValue({
    file: { id: 'f1' },
    partSize: 10,
    partCount: 3,
    parts: [{ number: 1 }, { number: 3 }],
  });
  const found = await find('f1');
  const { until } = run([...found.arrived]);
  await until('done');
  expect(put).toEqual([{ url: '/files/part-2', size: 10 }]);
});

test('tries a part again with a new link, and goes on', async () => {
  let refused = 0;
  answer = (url) => (url.endsWith('2') && refused++ < 2 ? 403 : 200);
  const { seen, until } = run();
  await until('done');
  expect(seen.some((each) => each.state === 'waiting')).toBe(true);
  expect(post.mock.calls.filter(([path]) => path === '/files/{id}/parts').length).toBeGreaterThanOrEqual(3);
});

test('gives up after eight tries, and resumes when told', async () => {
  answer = () => 500;
  const { running, until } = run([1, 2]);
  const end = await until('failed');
  expect(end?.sent).toBe(20);
  expect(put.length).toBe(8);
  answer = () => 200;
  running.resume();
  await until('done');
});

test('a final refusal is not tried again', async () => {
  const late = new ProblemError(409, 'entry.deadline_passed', 'The deadline has passed.', {}, undefined, {});
  post.mockRejectedValue(late);
  const { until } = run();
  expect((await until('failed'))?.error).toBe(late);
  expect(post.mock.calls.length).toBeLessThanOrEqual(3);
});

test('pause stops what is under way; resume sends it again', async () => {
  answer = () => -1;
  const { running, seen, until } = run([1]);
  await vi.advanceTimersByTimeAsync(1000);
  running.pause();
  expect(seen.at(-1)).toMatchObject({ state: 'paused', sent: 10 });
  answer = () => 200;
  running.resume();
  await until('done');
  expect(put.map((each) => each.url).sort()).toEqual(['/files/part-2', '/files/part-3']);
});
