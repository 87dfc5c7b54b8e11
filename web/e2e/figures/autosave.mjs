// Two writers save the same answers in random order, over versions that may be stale, twice, and with answers that
// get lost. Prints `figure autosave_lost_edits`: acknowledged texts that are afterwards neither the answer, nor among
// its earlier texts, nor written over by somebody who had them before their eyes; and refused ones whose refusal did
// not show the text that stood in the way.
//
//   node e2e/figures/autosave.mjs URL PASSWORD [RUNS]
import { api, tokenOf } from '../lib/api.mjs';
import { accounts } from '../lib/people.mjs';
import { enter } from '../lib/world/entry.mjs';

const [url, password, runs = '1000'] = process.argv.slice(2);
const server = { url, password };
const member = api(url, await tokenOf(server, accounts.startup));
// The same person in another browser: a session of its own, and the writer least likely to be told apart.
const writers = [member, api(url, await tokenOf(server, accounts.startup))];
const { items } = await member.get('/challenges?status=open');
const entry = await enter(member, items[0].slug, { team: 'Two writers', submit: false });
const { fields } = await member.get(`/entries/${entry.id}`);
const field = fields.find((each) => each.kind === 'long');
const chance = (share) => Math.random() < share;
const path = `/entries/${entry.id}/answers`;
let lost = 0;

/** One writer: what it last saw, which may be stale, and what it typed over it. */
class Writer {
  constructor(call, seen) {
    Object.assign(this, { call, seen, acknowledged: [] });
  }
  async save(text) {
    const over = this.seen;
    const body = { answers: [{ fieldId: field.id, value: text, version: over.version }] };
    const sends = chance(0.2)
      ? [this.call.patch(path, body), this.call.patch(path, body)]
      : [this.call.patch(path, body)];
    const answers = await Promise.all(sends);
    if (chance(0.15)) answers.push(await this.call.patch(path, body)); // the answer was lost on the way
    for (const { saved, conflicts } of answers) {
      if (saved[0]) this.acknowledged.push({ text, version: saved[0].version, over: over.version });
      const clash = conflicts[0];
      if (clash && (clash.version <= over.version || clash.value === text)) lost++; // a refusal that shows nothing
      if (saved[0] ?? clash) this.seen = newer(this.seen, saved[0] ?? clash);
    }
  }
}
const newer = (a, b) => (b.version > a.version ? { version: b.version, value: b.value } : a);

let stands = { version: 0, value: '' };
for (let run = 0; run < Number(runs); run++) {
  const pair = writers.map((call) => new Writer(call, stands));
  const scripts = pair.map(async (writer, who) => {
    for (let edit = 0; edit < 1 + Math.floor(Math.random() * 3); edit++) {
      if (chance(0.3)) await new Promise((wake) => setTimeout(wake, Math.random() * 8));
      await writer.save(`run ${run}, writer ${who}, edit ${edit}`);
    }
  });
  await Promise.all(scripts);
  const { answers } = await member.get(`/entries/${entry.id}`);
  const now = answers.find((each) => each.fieldId === field.id);
  const { items: earlier } = await member.get(`${path}/${field.id}/versions`);
  const known = new Set([now.value, ...earlier.map((each) => each.value)]);
  const all = pair.flatMap((writer) => writer.acknowledged);
  const seenBy = new Set(all.map((each) => each.over)); // versions that somebody typed over, having read them
  const texts = new Map(all.map((each) => [each.version, each.text]));
  for (const { text, version } of all) {
    // Two texts under one version number would be a silent loss.
    if (texts.get(version) !== text || !(known.has(text) || (version < now.version && seenBy.has(version))))
      lost++;
  }
  stands = { version: now.version, value: now.value };
}
console.log(`figure autosave_lost_edits = ${lost} edits (${runs} runs of two writers)`);
