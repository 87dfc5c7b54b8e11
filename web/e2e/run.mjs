// Runs the browser checks on the real program: each *.journey.mjs on a server of its own, then the smoke
// pass over every route. `node e2e/run.mjs award routes` runs those whose file name has one of the words.
import { readdirSync, rmSync } from 'node:fs';
import { check, finish, results } from './lib/index.mjs';

const folder = new URL('./', import.meta.url);
const words = process.argv.slice(2);

/** Files in the order in which they run: journeys by name, the long smoke pass last. */
function files() {
  const all = readdirSync(folder, { recursive: true }).map((name) => String(name));
  const journeys = all.filter((name) => name.endsWith('.journey.mjs')).sort();
  const passes = all.filter((name) => name.endsWith('.check.mjs')).sort();
  return [...journeys, ...passes].filter(
    (name) => words.length === 0 || words.some((word) => name.includes(word)),
  );
}

rmSync(results, { recursive: true, force: true });
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
