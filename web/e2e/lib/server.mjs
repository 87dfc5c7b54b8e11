import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository: the server finds its database's programs from there. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Screenshots and logs of what failed. */
export const results = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** The program that is tested: $FIELDTRIAL_BIN, or what make build leaves. */
export const program = process.env.FIELDTRIAL_BIN ?? join(repository, 'bin/fieldtrial');

const running = new Set();
const ending = new Set();

/** Where a seeded data folder lies that every server may begin with a copy of; `prepare` makes it. */
const prepared = process.env.PREPARED_DATA;

const password = 'a long password for trying things';

// The last resort when a run ends without stopping its servers; the normal way is `stop`.
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(130));
}

/** A port on loopback that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// A developer's own settings must not change what is tested.
function environment(own) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('FIELDTRIAL_') || name === 'FIELDTRIAL_POSTGRES_BIN',
  );
  return { ...Object.fromEntries(kept), ...own };
}

/** Seeds a data folder once, for the processes that are given it as PREPARED_DATA. */
export async function prepare() {
  const server = await startServer({ name: 'prepare' });
  await server.stop(true);
  return server.data;
}

/** Resolves when every server that was told to stop has ended and its data is gone. */
export const stopped = () => Promise.all(ending);

/**
 * Starts the real program on a port and in a data folder of its own, and waits until it is ready. `stop` tells
 * it to end and does not wait, see `stopped`; with `true` it waits and keeps the data.
 *
 * @param {{ seed?: boolean, env?: Record<string, string>, name?: string, timeout?: number }} [options]
 *   seed loads the M-Sec programme with its demo accounts; env adds settings; timeout in milliseconds.
 * @returns {Promise<{ url: string, password: string, data: string, log: () => string, stop: (keep?: boolean) => Promise<void> }>}
 */
export async function startServer({ seed = true, env = {}, name = 'server', timeout = 120_000 } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing; run make build`);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const data = mkdtempSync(join(tmpdir(), 'fieldtrial-e2e-'));
  chmodSync(data, 0o711); // the database runs as another user when the program runs as root
  // Ownership is kept: the database's folder is another user's when the program runs as root.
  if (seed && prepared && Object.keys(env).length === 0)
    execFileSync('cp', ['-a', prepared, join(data, 'data')]);
  const child = spawn(program, ['serve', ...(seed ? ['--seed', 'msec'] : [])], {
    cwd: repository,
    env: environment({
      FIELDTRIAL_ADDR: `localhost:${port}`,
      FIELDTRIAL_DATA: join(data, 'data'),
      FIELDTRIAL_DEMO_PASSWORD: password,
      ...env,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
  }
  let ended = false;
  const end = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  }).then(() => {
    ended = true;
    running.delete(child);
  });

  const stop = async (keep = false) => {
    if (!ended) child.kill('SIGINT');
    const patience = setTimeout(() => child.kill('SIGKILL'), 30_000);
    const gone = end.then(() => {
      clearTimeout(patience);
      ending.delete(gone);
      if (!keep) rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    });
    ending.add(gone);
    if (keep) await gone;
  };

  const until = Date.now() + timeout;
  while (Date.now() < until && !ended) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return { url, password, data: join(data, 'data'), log: () => text, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.log`), text);
  await stop();
  throw new Error(`the server did not become ready:\n${text.slice(-4000)}`);
}
