import lighthouse from 'lighthouse';
import { launch } from '../lib/browser.mjs';
import { freePort } from '../lib/server.mjs';

const screen = { mobile: true, width: 360, height: 640, deviceScaleFactor: 2, disabled: false };

// Real throttling of the connection and the processor, so that the times are times that were seen.
const slowPhone = {
  throttlingMethod: 'devtools',
  throttling: {
    requestLatencyMs: 150,
    downloadThroughputKbps: 1600,
    uploadThroughputKbps: 750,
    cpuSlowdownMultiplier: 4,
  },
};

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

/** The middle of an odd number of values. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * One run of Lighthouse in a browser of its own, so that no cache helps. A run that failed or missed
 * one of the wanted audits, as happens on a machine that is busy with something else, is made again.
 */
async function audit(url, settings, wanted) {
  for (let tries = 3; ; tries--) {
    const run = await attempt(url, settings);
    const missed = wanted.filter((id) => run.audits[id]?.numericValue === undefined);
    if (missed.length === 0 && !run.runtimeError) return run;
    const why = run.runtimeError?.message ?? run.audits[missed[0]]?.errorMessage ?? 'no value';
    if (tries === 1) throw new Error(`${url}: Lighthouse did not measure ${missed.join(', ')}: ${why}`);
  }
}

async function attempt(url, settings) {
  const port = await freePort();
  const browser = await launch({ port, windows: true });
  try {
    const answer = await lighthouse(url, {
      port,
      logLevel: 'silent',
      formFactor: 'mobile',
      screenEmulation: screen,
      ...settings,
    });
    return answer.lhr;
  } finally {
    await browser.close();
  }
}

async function several(count, url, settings, wanted) {
  const runs = [];
  for (let i = 0; i < count; i++) runs.push(await audit(url, settings, wanted));
  return runs;
}

/**
 * Times on a slow phone (360 px, 1.6 Mbit/s, 150 ms, a quarter of the processor): median of five, worst page.
 *
 * @returns {Promise<{ lcp: number, tbt: number, cls: number }>} milliseconds; cls has no unit
 */
export async function timings(urls) {
  const worst = { lcp: 0, tbt: 0, cls: 0 };
  const audits = {
    lcp: 'largest-contentful-paint',
    tbt: 'total-blocking-time',
    cls: 'cumulative-layout-shift',
  };
  for (const url of urls) {
    const wanted = Object.values(audits);
    const runs = await several(5, url, { ...slowPhone, onlyAudits: wanted }, wanted);
    for (const [key, id] of Object.entries(audits)) {
      worst[key] = Math.max(worst[key], median(runs.map((run) => run.audits[id].numericValue)));
    }
  }
  return worst;
}

/**
 * Scores of Lighthouse's four categories, 0 to 100, with its own simulated slow phone: median of three, worst page.
 *
 * @returns {Promise<{ scores: Record<string, number>, faults: string[] }>} faults: audits that cost points, but for
 *   performance, whose audits always do
 */
export async function scores(urls) {
  const worst = Object.fromEntries(categories.map((id) => [id, 100]));
  const faults = new Set();
  for (const url of urls) {
    const runs = await several(3, url, {}, ['largest-contentful-paint']);
    for (const id of categories) {
      worst[id] = Math.min(worst[id], median(runs.map((run) => Math.round(run.categories[id].score * 100))));
      if (id !== 'performance') for (const fault of lost(runs[0], id)) faults.add(`${fault} (${url})`);
    }
  }
  return { scores: worst, faults: [...faults] };
}

function lost(run, category) {
  return run.categories[category].auditRefs
    .filter((ref) => ref.weight > 0 && run.audits[ref.id].score !== null && run.audits[ref.id].score < 1)
    .map((ref) => `${category}: ${run.audits[ref.id].title}`);
}
