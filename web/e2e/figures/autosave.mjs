// Two writers save the same answers in random order, over versions that may be stale, twice, and with answers that
// get lost. Prints `figure autosave_lost_edits`: acknowledged texts that are afterwards neither the answer, nor among
// its earlier texts, nor written over by somebody who had them before their eyes; and refused ones whose refusal did
// not show the text that stood in the way. Several pairs write at once, each in an entry of its own.
//
//   node e2e/figures/autosave.mjs URL PASSWORD [RUNS]
import { api, tokenOf } from '../lib/api.mjs';
import { accounts } from '../lib/people.mjs';
import { enter } from '../lib/world/entry.mjs';

const [url, password, runs = '1000'] = process.argv.slice(2);
const pairs = 6;
const server = { url, password };
const chance = (share) => Math.random() < share;
const newer = (a, b) => (b.version > a.version ? { version: b.version, value: b.value } : a);
let lost = 0;
let left = Number(runs);

/** One writer: what it last saw, which may be stale, and what it typed over it. */
class Writer {
  constructor(call, path, field, seen) {
    Object.assign(this, { call, path, field, seen, acknowledged: [] });
  }
  async save(text) {
    const over = this.seen;
    const body = { answers: [{ fieldId: this.field, value: text, version: over.version }] };
    const send = () => this.call.patch(this.path, body);
    const answers = await Promise.all(chance(0.2) ? [send(), send()] : [send()]);
    if (chance(0.15)) answers.push(await send()); // the answer was lost on the way
    for (const { saved, conflicts } of answers) {
      if (saved[0]) this.acknowledged.push({ text, version: saved[0].version, over: over.version });
      const clash = conflicts[0];
      if (clash && (clash.version <= over.version || clash.value === text)) lost++; // a refusal that shows nothing
      if (saved[0] ?? clash) this.seen = newer(this.seen, saved[0] ?? clash);
    }
  }
}

/** What was acknowledged in one run and is neither the answer, nor kept, nor written over by who had read it. */
function missed(pair, now, earlier) {
  const known = new Set([now.value, ...earlier.map((each) => each.value)]);
  const all = pair.flatMap((writer) => writer.acknowledged);
  const seenBy = new Set(all.map((each) => each.over)); // versions that somebody typed over, having read them
  const texts = new Map(all.map((each) => [each.version, each.text]));
  // Two texts under one version number would be a silent loss.
  return all.filter(
    ({ text, version }) =>
      texts.get(version) !== text || !(known.has(text) || (version < now.version && seenBy.has(version))),
  ).length;
}

/** Runs in one entry, one after the other, until none are left. */
async function write(member, mate, slug, name) {
  const entry = await enter(member, slug, { team: name, submit: false });
  const { fields } = await member.get(`/entries/${entry.id}`);
  const field = fields.find((each) => each.kind === 'long').id;
  const path = `/entries/${entry.id}/answers`;
  let stands = { version: 0, value: '' };
  while (left-- > 0) {
    const run = left;
    const pair = [member, mate].map((call) => new Writer(call, path, field, stands));
    await Promise.all(
      pair.map(async (writer, who) => {
        for (let edit = 0; edit < 1 + Math.floor(Math.random() * 3); edit++) {
          if (chance(0.3)) await new Promise((wake) => setTimeout(wake, Math.random() * 8));
          await writer.save(`run ${run}, writer ${who}, edit ${edit}`);
        }
      }),
    );
    const [{ answers }, { items }] = await Promise.all([
      member.get(`/entries/${entry.id}`),
      member.get(`${path}/${field}/versions`),
    ]);
    const now = answers.find((each) => each.fieldId === field);
    lost += missed(pair, now, items);
    stands = { version: now.version, value: now.value };
  }
}

const member = api(url, await tokenOf(server, accounts.startup));
// The same person in another browser: a session of its own, and the writer least likely to be told apart.
const mate = api(url, await tokenOf(server, accounts.startup));
const { items } = await member.get('/challenges?status=open');
await Promise.all(
  Array.from({ length: pairs }, (_, at) => write(member, mate, items[0].slug, `Two writers ${at + 1}`)),
);
console.log(`figure autosave_lost_edits = ${lost} edits (${runs} runs of two writers)`);
