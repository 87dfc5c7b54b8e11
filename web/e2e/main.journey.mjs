// The main job in one story, in a real browser: a city writes a challenge in its own language, a startup finds
// it and enters, a jury scores it, the host decides, the programme counts, and another city joins.
import * as write from './journey/1-write.mjs';
import * as find from './journey/2-find.mjs';
import * as enter from './journey/3-enter.mjs';
import * as submit from './journey/3-submit.mjs';
import * as upload from './journey/3-upload.mjs';
import * as judge from './journey/4-judge.mjs';
import * as score from './journey/4-score.mjs';
import * as decide from './journey/5-decide.mjs';
import * as count from './journey/6-count.mjs';
import * as city from './journey/7-city.mjs';
import { Stage } from './journey/stage.mjs';
import { check, launch, startServer } from './lib/index.mjs';

/** Each step builds on the ones before it. */
const steps = [
  ['1 an official of Fujisawa writes a challenge in Japanese and sends it', write.write],
  ['1 a colleague approves and publishes it; others read the original', write.publish],
  ['1 officials of Santander do the same in Spanish', write.spanishToo],
  ['2 a visitor searches and filters; the address keeps it', find.find],
  ['2 a challenge in three languages, its deadline in three zones', find.read],
  ['2 the filters in three languages', find.filtersInThreeLanguages],
  ['3 a startup registers and confirms by mail', enter.register],
  ['3 it makes a team and starts an entry, saved as it types', enter.begin],
  ['3 it uploads a PDF and 60 MB of video, with pause and reload', upload.upload],
  ['3 it submits, changes, submits again; the receipt holds', submit.submit],
  ['3 two more teams enter', submit.others],
  ['4 an admin invites a juror, who accepts by an act', judge.invite],
  ['4 the deadline passes', judge.close],
  ['4 the juror declares a conflict before any content', judge.declare],
  ['4 the chair assigns', judge.assign],
  ['4 the juror scores by keyboard beside PDF and video', score.score],
  ['4 the juror changes a score before the lock', score.change],
  ['5 the chair sees matrix and ranking and locks', decide.lock],
  ['5 the host decides and gives a slot', decide.decide],
  ['5 the results go out, with feedback by criterion for everyone', decide.release],
  ['6 the admin counts the startups and exports who took part', count.count],
  ['7 the admin adds Yokosuka with officials and a testbed', city.addCity],
  ['7 its officials publish a challenge', city.newCityPublishes],
];

export async function run() {
  const server = await startServer({ name: 'main' });
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
      // What follows would only fail for want of it.
      if (!passed) break;
    }
  } finally {
    await browser.close();
    await stage.end();
    await server.stop();
  }
}
