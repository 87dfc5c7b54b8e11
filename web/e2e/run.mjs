// Runs the browser checks on the real program: each *.journey.mjs on a server of its own, then the smoke
// pass over every route. `node e2e/run.mjs award routes` runs those whose file name has one of the words, one
// after the other; without words everything runs, the smoke pass beside the journeys.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check, finish, results, total } from './lib/index.mjs';

const folder = new URL('./', import.meta.url);
const words = process.argv.slice(2);
const inLane = process.env.LANE !== undefined;

/** Files in the order in which they run: journeys by name, the smoke passes last. */
function files() {
  const all = readdirSync(folder, { recursive: true }).map((name) => String(name));
  const journeys = all.filter((name) => name.endsWith('.journey.mjs')).sort();
  const passes = all.filter((name) => name.endsWith('.check.mjs')).sort();
  return [...journeys, ...passes].filter(
    (name) => words.length === 0 || words.some((word) => name.includes(word)),
  );
}

/** Runs files in a process of their own; its lines are given when it ends, or at once when live. */
function lane(names, live) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...names], {
      env: { ...process.env, LANE: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let lines = '';
    child.stdout.on('data', (chunk) => {
      lines += chunk;
      if (live) process.stdout.write(String(chunk).replace(/^web: .*\n/m, ''));
    });
    child.on('close', (code) => {
      if (!live) process.stdout.write(lines.replace(/^web: .*\n/m, ''));
      const counts = lines.match(/^web: (\d+) passed, (\d+) failed$/m);
      resolve({ passed: Number(counts?.[1] ?? 0), failed: Number(counts?.[2] ?? 1), code });
    });
  });
}

if (!inLane) rmSync(results, { recursive: true, force: true });
if (!inLane && words.length === 0) {
  const all = files();
  const routes = all.filter((name) => name.startsWith('routes'));
  const rest = all.filter((name) => !name.startsWith('routes'));
  const done = await Promise.all([lane(rest, true), lane(routes, false)]);
  for (const { passed, failed, code } of done) {
    total(passed, failed);
    // A lane that broke off has failed even if its last count was good.
    if (code !== 0 && failed === 0) total(0, 1);
  }
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
process.exit(finish());
