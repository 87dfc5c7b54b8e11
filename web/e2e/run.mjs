// Runs the browser checks on the real program: each *.journey.mjs and *.check.mjs in a process and on a server
// of its own. `node e2e/run.mjs award routes` runs those whose file name has one of the words, one after the
// other; without words everything runs, three files beside each other, as many of them wait for a deadline.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, finish, prepare, results, stopped, total } from './lib/index.mjs';

const folder = new URL('./', import.meta.url);
const words = process.argv.slice(2);
const child = process.env.PREPARED_DATA !== undefined;

// Those that take longest, so that none of them is left alone at the end.
const first = [
  'routes/routes.check.mjs',
  'main.journey.mjs',
  'screening.journey.mjs',
  'assign.journey.mjs',
  'keyboard/keyboard.check.mjs',
  'meeting.journey.mjs',
  'phone/receipt.journey.mjs',
];
const rank = (name) => (first.includes(name) ? first.indexOf(name) : first.length);

/** Files in the order in which they run. */
function files() {
  const all = readdirSync(folder, { recursive: true }).map((name) => String(name));
  return all
    .filter((name) => name.endsWith('.journey.mjs') || name.endsWith('.check.mjs'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Runs a file in a process of its own; its lines are given when it ends. */
function apart(name, data) {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, [fileURLToPath(import.meta.url), name], {
      env: { ...process.env, PREPARED_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let lines = '';
    run.stdout.on('data', (chunk) => {
      lines += chunk;
    });
    run.on('close', (code) => {
      process.stdout.write(lines.replace(/^web: .*\n/m, ''));
      const counts = lines.match(/^web: (\d+) passed, (\d+) failed$/m);
      const [passed, failed] = [Number(counts?.[1] ?? 0), Number(counts?.[2] ?? 1)];
      // What broke off has failed even if its last count was good.
      total(passed, code !== 0 && failed === 0 ? 1 : failed);
      resolve();
    });
  });
}

if (!child) rmSync(results, { recursive: true, force: true });
if (words.length === 0) {
  const data = await prepare();
  const queue = files();
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) await apart(name, data);
  };
  await Promise.all([worker(), worker(), worker()]);
  rmSync(dirname(data), { recursive: true, force: true });
  process.exit(finish());
}
for (const name of files()) {
  console.log(`\n# ${name}`);
  // Each file exports `run()`, starts what it needs and stops it.
  const module = await import(new URL(name, folder));
  try {
    await module.run();
  } catch (error) {
    await check(`${name} runs to its end`, () => {
      throw error;
    });
  }
}
await stopped();
process.exit(finish());
