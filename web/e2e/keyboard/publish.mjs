import { accounts } from '../lib/people.mjs';
import { keyboard, text } from './keys.mjs';
import { edit, eligibility, mended, question, resource, sections } from './publish-texts.mjs';
import { Typist } from './typist.mjs';

const said = (feature) => (key, values) => fill(text(feature, key, 'ja'), values);
const fill = (words, values = {}) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const app = said('app');
const builder = said('form-builder');
const identity = said('identity');
const manage = said('manage');
const resources = said('resources');

/**
 * An official of Fujisawa writes a challenge from the programme's template in Japanese, a colleague asks for an
 * edit, it is mended, approved and published: by keyboard alone, with every key and act counted. Fails unless
 * everyone can read the challenge in Japanese at the end, and when the official needs more than 25 minutes.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ url: string, password: string }} server
 * @returns {Promise<Record<string, number>>} figures: the minutes that the official and the colleague need by the
 *   keystroke-level model
 */
export async function publish(page, server) {
  const typist = new Typist();
  const colleague = new Typist();
  const official = await desk(page, server, accounts.fujisawa, typist);
  await start(official);
  typist.part('sign in and start');
  await write(official);
  typist.part('texts');
  await ask(official);
  typist.part('eligibility');
  await offer(official);
  typist.part('testbeds and dates');
  await weigh(official);
  typist.part('criteria');
  await build(official);
  typist.part('application form');
  await settle(official);
  typist.part('terms');
  await attach(official);
  typist.part('resources');
  await look(official);
  await act(official, 'send');
  typist.part('preview and send');

  const second = await page.context().browser().newContext({ locale: 'ja', timezoneId: 'Asia/Tokyo' });
  try {
    const approver = await desk(await second.newPage(), server, accounts.fujisawaApprover, colleague);
    await open(approver);
    await review(approver);
    await mend(official);
    typist.part('mended and sent again');
    await again(approver);
    await act(approver, 'approve');
    colleague.part('review and approval');
    await again(official);
    await release(official);
    typist.part('published');
  } finally {
    await second.close();
  }
  await isPublic(page, server);
  tell('the official', typist);
  tell('the colleague', colleague);
  const minutes = typist.seconds / 60;
  if (minutes > 25) throw new Error(`publishing takes ${minutes.toFixed(1)} minutes`);
  return { official_publish_minutes: minutes, official_approve_minutes: colleague.seconds / 60 };
}

/** What was counted, for whoever wants to make it less. */
function tell(who, { keys, acts, waited, seconds, reading, parts }) {
  const counted = `${keys} keys, ${acts} acts, ${(waited / 1000).toFixed(1)} s waited`;
  console.error(
    `      ${who}: ${counted}: ${seconds.toFixed(0)} s, and ${reading.toFixed(0)} s for reading every page`,
  );
  console.error(`      ${parts.map(([name, each]) => `${name} ${each.toFixed(0)} s`).join(', ')}`);
}

/** Comes back to the overview to see what others did. */
async function again({ page, at, typist }) {
  await typist.wait(() => page.reload());
  await at(sections.タイトル);
}

/** Somebody at a keyboard, signed in through the page. */
async function desk(page, server, email, typist) {
  const keys = keyboard(page, typist);
  const main = page.getByRole('main');
  /** Waits for a page by its heading, and reads what is new on it. */
  const at = async (title) => {
    await typist.wait(() => keys.heading(title));
    await typist.read(page);
  };
  const toast = (words) => typist.wait(() => page.getByText(words, { exact: true }).first().waitFor());
  const person = { page, keys, main, at, toast, typist, server };
  await page.goto(`${server.url}/ja/sign-in`);
  await at(identity('signIn.title'));
  await keys.fill(identity('email'), email);
  await keys.fill(identity('password'), server.password);
  await keys.press('Enter');
  const place = page.getByRole('navigation').getByRole('link', { name: app('nav.manage'), exact: true });
  await typist.wait(() => place.waitFor());
  await keys.activate(place);
  await at(manage('list.title'));
  return person;
}

async function start({ keys, main, at }) {
  await keys.activate(main.getByRole('link', { name: manage('list.new') }));
  await at(manage('start.title'));
  await keys.fill(manage('start.title.field'), '夏の海岸');
  await keys.press('Enter');
  await at('夏の海岸');
}

/** The texts, in the order of the page; where the template has a starter, it stands. */
async function write(person) {
  const { page, keys, main, at, typist } = person;
  await keys.activate(main.getByRole('link', { name: manage('do.write') }));
  await at(manage('text.title'));
  for (const [label, words] of Object.entries(sections)) {
    const field = main.getByRole('textbox', { name: new RegExp(`^${label}`) });
    await keys.to(field);
    if (await field.inputValue()) await keys.press('Control+A');
    await keys.type(words);
  }
  await typist.wait(() => page.getByText(/に下書きを保存しました/).waitFor());
  await onward(person, 'eligibility.title');
}

/** The link at the foot of a page to the next one. */
async function onward({ keys, main, at }, title) {
  await keys.activate(main.getByRole('link', { name: manage('onward', { page: manage(title) }) }));
  await at(manage(title));
}

/** The link at the foot of a page to the whole challenge. */
async function back({ keys, main, at }, title) {
  await keys.activate(main.getByRole('link', { name: manage('onward.back') }));
  await at(title);
}

async function ask(person) {
  const { keys, main, toast } = person;
  await keys.activate(main.getByRole('button', { name: manage('eligibility.add') }));
  await keys.type(eligibility.text);
  await keys.to(main.getByRole('textbox', { name: new RegExp(`^${manage('eligibility.explanation')}`) }));
  await keys.type(eligibility.explanation);
  await keys.activate(main.getByRole('button', { name: manage('eligibility.save') }));
  await toast(manage('eligibility.saved'));
  await onward(person, 'settings.title');
}

async function offer(person) {
  const { keys, main, toast } = person;
  await keys.to(main.getByRole('checkbox', { name: 'セキュアなモバイル環境センシング' }));
  await keys.press('Space');
  // Own dates: the deadline at six in the evening; the other days stand.
  await keys.to(main.getByRole('radio', { name: manage('settings.dates.contest') }));
  await keys.press('ArrowDown');
  const deadline = main.getByLabel(new RegExp(`^${manage('settings.closesAt')}`));
  await keys.to(deadline);
  // Month, day and year lie before the hour.
  for (let part = 0; part < 3; part++) await keys.press('Tab');
  await keys.type('0600PM');
  if (!(await deadline.inputValue()).endsWith('T18:00')) throw new Error('the deadline was not typed');
  await keys.activate(main.getByRole('button', { name: manage('settings.save'), exact: true }));
  await toast(manage('settings.saved'));
  await onward(person, 'criteria.title');
}

/** Five points go from the team to what residents get. */
async function weigh(person) {
  const { keys, main, toast } = person;
  for (const [criterion, weight] of [
    ['市民への効果', '35'],
    ['チーム', '5'],
  ]) {
    await keys.to(main.getByRole('region', { name: criterion }).getByRole('spinbutton'));
    await keys.press('Control+A');
    await keys.type(weight);
  }
  await keys.activate(main.getByRole('button', { name: manage('criteria.save') }));
  await toast(manage('criteria.saved'));
  await onward(person, 'form.title');
}

/** One more question, which must be answered. */
async function build(person) {
  const { keys, main, toast } = person;
  const part = main.getByRole('region', { name: '実証とテストベッド', exact: true });
  await keys.activate(part.getByRole('button', { name: builder('add'), exact: true }));
  await keys.type(question);
  await keys.to(part.getByRole('checkbox', { name: builder('required') }));
  await keys.press('Space');
  await keys.activate(main.getByRole('button', { name: builder('save') }));
  await toast(builder('saved'));
  await onward(person, 'terms.title');
}

async function settle(person) {
  const { keys, main, toast } = person;
  await keys.to(main.getByRole('radio', { name: /^権利はチームに残り/ }));
  await keys.press('Space');
  await keys.activate(main.getByRole('button', { name: manage('terms.save') }));
  await toast(manage('terms.saved'));
  await back(person, sections.タイトル);
}

async function attach({ keys, main, at, toast }) {
  await keys.activate(main.getByRole('link', { name: manage('tool.resources') }));
  await at(resources('title'));
  await keys.activate(main.getByText(resources('link.add'), { exact: true }));
  for (const [label, words] of [
    ['field.title', resource.title],
    ['link.address', resource.url],
  ]) {
    await keys.to(main.getByRole('textbox', { name: new RegExp(`^${resources(label)}`) }));
    await keys.type(words);
  }
  await keys.press('Enter');
  await toast(resources('link.added'));
  await main.getByRole('heading', { name: resource.title }).waitFor();
  await keys.activate(main.getByRole('link', { name: resources('back') }), 'Enter', 'Shift+Tab');
  await at(sections.タイトル);
}

/** Reads the preview and comes back. */
async function look({ page, keys, main, at, typist }) {
  await keys.activate(main.getByRole('link', { name: manage('overview.preview') }));
  await typist.wait(() => page.getByText(manage('preview.notice')).waitFor());
  await at(sections.タイトル);
  await keys.activate(main.getByRole('link', { name: manage('back') }), 'Enter', 'Shift+Tab');
  await typist.wait(() => page.getByText(manage('overview.todo')).waitFor());
}

/** Presses a button of the overview and waits for its word. */
async function act({ keys, main, toast, typist, page }, deed) {
  await keys.activate(main.getByRole('button', { name: manage(`do.${deed}`), exact: true }));
  await toast(manage(`done.${deed}`));
  await typist.read(page);
}

async function open({ keys, main, at }) {
  await keys.activate(main.getByRole('link', { name: sections.タイトル }));
  await at(sections.タイトル);
}

/** Reads every section, asks for one edit, and sends the challenge back with it. */
async function review(person) {
  const { keys, main, at, toast, page } = person;
  await keys.activate(main.getByRole('link', { name: manage('review.open') }));
  await at(manage('review.title'));
  const section = '提供するもの';
  await keys.activate(main.getByText(manage('edits.request', { section }), { exact: true }));
  await keys.fill(manage('edits.field', { section }), edit);
  await keys.activate(main.getByRole('button', { name: manage('edits.ask') }));
  await toast(manage('edits.sent'));
  await back(person, sections.タイトル);
  await keys.activate(main.getByRole('button', { name: manage('do.return') }));
  await keys.activate(page.getByRole('dialog').getByRole('button', { name: manage('do.return') }));
  await toast(manage('done.return'));
}

/** Mends what was asked for: the overview leads there. */
async function mend(person) {
  const { keys, main, at, toast } = person;
  await again(person);
  await keys.activate(main.getByRole('link', { name: manage('do.write') }));
  await at(manage('text.title'));
  const field = main.getByRole('textbox', { name: /^提供するもの/ });
  await keys.to(field);
  await keys.press('Control+End');
  await keys.type(mended);
  await keys.activate(main.getByRole('button', { name: manage('edits.mark') }), 'Enter', 'Shift+Tab');
  await toast(manage('edits.done.toast'));
  await back(person, sections.タイトル);
  await act(person, 'send');
}

async function release({ page, keys, main, toast }) {
  const words = manage('do.publish');
  await keys.activate(main.getByRole('button', { name: words, exact: true }));
  await keys.activate(page.getByRole('dialog').getByRole('button', { name: words, exact: true }));
  await toast(manage('done.publish'));
}

/** Anybody finds it and reads it in Japanese, with what was mended and added. */
async function isPublic(page, server) {
  const context = await page.context().browser().newContext({ locale: 'ja' });
  try {
    const visitor = await context.newPage();
    await visitor.goto(`${server.url}/ja/challenges?q=${encodeURIComponent('夏の海岸')}`);
    await visitor.getByRole('link', { name: sections.タイトル }).click();
    await visitor.getByRole('heading', { level: 1, name: sections.タイトル }).waitFor();
    for (const words of [mended, eligibility.text, question, resource.title]) {
      await visitor.getByText(words).first().waitFor();
    }
    const lang = await visitor.evaluate(() => document.documentElement.lang);
    if (lang !== 'ja') throw new Error(`the page is in ${lang}`);
  } finally {
    await context.close();
  }
}
