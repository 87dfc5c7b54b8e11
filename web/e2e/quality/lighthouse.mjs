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

/** One run of Lighthouse in a browser of its own, so that no cache helps. */
async function audit(url, settings) {
  const port = await freePort();
  const browser = await launch({ port });
  try {
    const answer = await lighthouse(url, {
      port,
      logLevel: 'silent',
      formFactor: 'mobile',
      screenEmulation: screen,
      ...settings,
    });
    if (answer.lhr.runtimeError) throw new Error(`${url}: ${answer.lhr.runtimeError.message}`);
    return answer.lhr;
  } finally {
    await browser.close();
  }
}

async function several(count, url, settings) {
  const runs = [];
  for (let i = 0; i < count; i++) runs.push(await audit(url, settings));
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
    const runs = await several(5, url, { ...slowPhone, onlyAudits: Object.values(audits) });
    for (const [key, id] of Object.entries(audits)) {
      worst[key] = Math.max(worst[key], median(runs.map((run) => auditValue(run, id, url))));
    }
  }
  return worst;
}

function auditValue(run, id, url) {
  const value = run.audits[id]?.numericValue;
  if (value === undefined) throw new Error(`${url}: Lighthouse did not measure ${id}`);
  return value;
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
    const runs = await several(3, url, {});
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
