// A founder with a phone, from registering to the receipt, by touch alone: every act is counted, and a person
// needs no more than twelve minutes for them.
import { check, launch, startServer } from '../lib/index.mjs';
import { bar, receipt, report } from './receipt.mjs';

export async function run() {
  const server = await startServer({ name: 'phone' });
  const browser = await launch();
  try {
    let thumb;
    const there = await check('a phone in Spanish: from registering to the receipt by touch', async () => {
      thumb = await receipt(browser, server, { slow: false });
    });
    if (!there) return;
    console.log(report(thumb).replaceAll(/^/gm, '      '));
    await check(`a person needs at most ${bar} minutes for it`, () => {
      if (thumb.seconds / 60 > bar) throw new Error(`${(thumb.seconds / 60).toFixed(1)} minutes`);
    });
    await check('nothing on the way is too small for a thumb or too wide for the phone', () => {
      if (thumb.faults.length > 0) throw new Error(thumb.faults.join('\n'));
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}
