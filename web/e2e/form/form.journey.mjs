// The form of a challenge, end to end in a browser: an official builds it, a startup fills it under every limit,
// the city changes it meanwhile, and any script of the world goes through every field unharmed.
import { Stage } from '../journey/stage.mjs';
import { check, launch, startServer } from '../lib/index.mjs';
import { build, change, order } from './build.mjs';
import { enterIt, limits, news } from './fill.mjs';
import { scripts } from './scripts.mjs';

const steps = [
  ['form: an official builds every kind of question and tries it in the preview', build],
  ['form: questions move, are copied and removed by keyboard alone', order],
  ['form: what is hidden is not asked, limits are said in the user’s language', enterIt],
  ['form: the summary names every question that keeps the entry from being sent', limits],
  ['form: the city changes the form while a startup fills it', change],
  ['form: the startup reads what is new, its answers are kept', news],
  ['form: Arabic, emoji, long words and full width stay as they are typed, at 320 px', scripts],
];

export async function run() {
  const server = await startServer({ name: 'form' });
  const browser = await launch();
  const stage = new Stage(server, browser);
  try {
    for (const [name, step] of steps) {
      const passed = await check(
        name,
        async () => {
          await step(stage);
          await stage.close();
        },
        () => stage.last,
      );
      if (!passed) break;
    }
  } finally {
    await stage.end();
    await browser.close();
    await server.stop();
  }
}
