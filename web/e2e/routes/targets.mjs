import { apiAs } from '../lib/api.mjs';
import { linkIn, waitForMail } from '../lib/mail.mjs';
import { accounts } from '../lib/people.mjs';
import { talkAbout } from '../lib/world/rules.mjs';

/**
 * One page to look at. `route` is its path in preload.json, `path` the real one without a language, `as` the
 * account that looks; `act` brings the page into a state of its own (an open dialog, a form with errors);
 * `stands` marks pages where a stand-in (sign in first, not found) is what is wanted; `late` waits for judging.
 *
 * @typedef {{ route: string, path: string, as?: string, name?: string, late?: boolean, stands?: boolean,
 *   act?: (page: import('playwright-core').Page) => Promise<void> }} Target
 */

/**
 * Every route with the parameters of a filled world.
 *
 * @returns {Promise<Target[]>}
 */
export async function targets(server, world) {
  const { draft, open, begun, submitted } = world;
  const invitation = await invite(server);
  const { groups } = await (await apiAs(server, accounts.admin)).get('/kpi');
  const contests = (await (await apiAs(server, accounts.admin)).get('/manage/contests')).items;
  const kpi = groups[0].indicators[0].slug;
  const admin = accounts.admin;
  const official = accounts.santander;
  const startup = accounts.startup;
  await talkAbout(server, open);
  return [
    { route: '/', path: '/' },
    { route: '/challenges', path: '/challenges' },
    { route: '/challenges/:slug', path: `/challenges/${open.slug}` },
    { route: '/challenges/:slug/versions', path: `/challenges/${open.slug}/versions` },
    { route: '/challenges/:slug/questions', path: `/challenges/${open.slug}/questions`, as: startup },
    ...['rules', 'rules/edit', 'rules/extend', 'questions'].map((part) => ({
      route: `/manage/challenges/:id/${part}`,
      path: `/manage/challenges/${open.id}/${part}`,
      as: official,
    })),
    { route: '/help', path: '/help' },
    { route: '/accessibility', path: '/accessibility' },
    { route: '/privacy', path: '/privacy' },
    { route: '/record', path: '/record' },
    { route: '/challenges/:slug/record', path: `/challenges/${open.slug}/record` },
    { route: '/open-data', path: '/open-data' },
    { route: '/sign-in', path: '/sign-in' },
    { route: '/register', path: '/register' },
    { route: '/confirm-email', path: '/confirm-email#any' },
    { route: '/reset', path: '/reset#any' },
    { route: '/invitation', path: invitation },
    { route: '/sign-in/city', path: '/sign-in/city' },
    { route: '/change-email', path: '/change-email' },
    { route: '/account', path: '/account', as: startup },
    { route: '/account/security', path: '/account/security', as: startup },
    {
      route: '/account/security',
      path: '/account/security',
      as: startup,
      name: 'app setup',
      act: async (page) => {
        await page.locator('#app-factor + p + .actions button').first().click();
        await page.locator('.qr').waitFor();
      },
    },
    { route: '/account/data', path: '/account/data', as: startup },
    { route: '/manage/contacts', path: '/manage/contacts', as: official },
    { route: '/admin/breaches', path: '/admin/breaches', as: admin },
    { route: '/account/log', path: '/account/log', as: startup },
    { route: '/account/tokens', path: '/account/tokens', as: startup },
    { route: '/challenges/:slug/enter', path: `/challenges/${open.slug}/enter`, as: startup },
    { route: '/my/entries', path: '/my/entries', as: startup },
    { route: '/my/entries/:id', path: `/my/entries/${begun.id}`, as: startup },
    {
      route: '/my/entries/:id/edit/:section',
      path: `/my/entries/${begun.id}/edit/${begun.section}`,
      as: startup,
    },
    { route: '/my/entries/:id/check', path: `/my/entries/${begun.id}/check`, as: startup },
    { route: '/my/entries/:id/submitted', path: `/my/entries/${submitted.id}/submitted`, as: startup },
    ...['history', 'print', 'testbeds', 'panel'].map((part) => ({
      route: `/my/entries/:id/${part}`,
      path: `/my/entries/${submitted.id}/${part}`,
      as: startup,
    })),
    {
      route: '/my/entries/:id/history/:field',
      path: `/my/entries/${begun.id}/history/${await rewritten(server, begun.id)}`,
      as: startup,
    },
    { route: '/my/teams', path: '/my/teams', as: startup },
    { route: '/my/teams/new', path: '/my/teams/new', as: startup },
    { route: '/my/teams/:id', path: `/my/teams/${begun.teamId}`, as: startup },
    { route: '/manage/challenges', path: '/manage/challenges', as: official },
    { route: '/manage/challenges/new', path: '/manage/challenges/new', as: official },
    ...[
      '',
      '/form',
      '/text',
      '/criteria',
      '/settings',
      '/terms',
      '/eligibility',
      '/review',
      '/approval-sheet',
      '/preview',
    ].map((part) => ({
      route: `/manage/challenges/:id${part}`,
      path: `/manage/challenges/${draft}${part}`,
      as: official,
    })),
    {
      route: '/manage/challenges/:id/resources',
      path: `/manage/challenges/${draft}/resources`,
      as: official,
    },
    {
      route: '/manage/challenges/:id/translations',
      path: `/manage/challenges/${draft}/translations`,
      as: official,
    },
    {
      route: '/manage/challenges/:id/pitch-plan',
      path: `/manage/challenges/${draft}/pitch-plan`,
      as: official,
      act: async (page) => {
        await page.getByRole('checkbox').first().check();
        const criterion = page.locator('.criterion');
        await page.locator('#f-criteria').waitFor();
        // What was typed is kept for the tab: in the next language it is there.
        if ((await criterion.count()) === 0) await page.locator('#f-criteria + * + p button').click();
        await criterion.waitFor();
      },
    },
    { route: '/manage/translations', path: '/manage/translations', as: accounts.manager },
    { route: '/admin', path: '/admin', as: admin },
    { route: '/admin/kpi', path: '/admin/kpi', as: admin },
    { route: '/admin/kpi/:slug', path: `/admin/kpi/${kpi}`, as: admin },
    ...['contests', 'contests/new', 'cities', 'cities/new', 'people', 'mail', 'jobs', 'claims', 'seen'].map(
      (part) => ({
        route: `/admin/${part}`,
        path: `/admin/${part}`,
        as: admin,
      }),
    ),
    { route: '/admin/contests/:id', path: `/admin/contests/${contests[0].id}`, as: admin },
    { route: '/admin/cities/:slug', path: '/admin/cities/santander', as: admin },
    { route: '/admin/cities/:slug/testbeds/new', path: '/admin/cities/santander/testbeds/new', as: admin },
    {
      route: '/admin/cities/:slug/testbeds/:id',
      path: `/admin/cities/santander/testbeds/${await testbed(server)}`,
      as: admin,
    },
    ...lateTargets(world),
  ];
}

/** Pages that need a deadline to have passed. */
function lateTargets(world) {
  const { judging, ended, winner, judged } = world;
  const chair = accounts.chair;
  const host = accounts.santander;
  const late = true;
  return [
    { route: '/jury', path: '/jury', as: accounts.juror, late },
    {
      route: '/jury/challenges/:id/conflicts',
      path: `/jury/challenges/${judging.id}/conflicts`,
      as: accounts.juror,
      late,
    },
    ...['jury', 'manage'].map((part) => ({
      route: `/${part}/challenges/:id/calibration`,
      path: `/${part}/challenges/${ended.id}/calibration`,
      as: part === 'jury' ? accounts.juror : chair,
      late,
    })),
    {
      route: '/manage/challenges/:id/calibration',
      path: `/manage/challenges/${judging.id}/calibration`,
      name: 'to open',
      as: chair,
      late,
    },
    {
      route: '/jury/challenges/:id/affiliations',
      path: `/jury/challenges/${judging.id}/affiliations`,
      as: accounts.juror,
      late,
    },
    {
      route: '/jury/challenges/:id/form',
      path: `/jury/challenges/${judging.id}/form`,
      as: accounts.juror,
      late,
    },
    {
      route: '/jury/:assignment',
      path: async () => `/jury/${(await judged).assignments[0]}`,
      as: accounts.juror,
      late,
    },
    { route: '/manage/challenges/:id/jury', path: `/manage/challenges/${judging.id}/jury`, as: chair, late },
    {
      route: '/manage/challenges/:id/jury',
      path: `/manage/challenges/${judging.id}/jury?tab=assign`,
      name: 'assign',
      as: chair,
      late,
    },
    {
      route: '/manage/challenges/:id/entries/:entry',
      path: `/manage/challenges/${ended.id}/entries/${winner.id}`,
      as: host,
      late,
    },
    ...['', '/minutes', '/projector'].map((part) => ({
      route: `/manage/challenges/:id/meeting${part}`,
      path: `/manage/challenges/${ended.id}/meeting${part}`,
      as: chair,
      late,
    })),
    {
      route: '/manage/challenges/:id/pitch',
      path: `/manage/challenges/${ended.id}/pitch`,
      as: chair,
      late,
    },
    {
      route: '/jury/challenges/:id/pitch',
      path: `/jury/challenges/${judging.id}/pitch`,
      as: accounts.juror,
      late,
    },
    ...['awards', 'late', 'entries', 'numbers'].map((part) => ({
      route: `/manage/challenges/:id/${part}`,
      path: `/manage/challenges/${ended.id}/${part}`,
      as: host,
      late,
    })),
    { route: '/contests/:slug/gallery', path: `/contests/${world.contest}/gallery`, late },
    { route: '/challenges/:slug/results', path: `/challenges/${ended.slug}/results`, late },
    { route: '/my/entries/:id/result', path: `/my/entries/${winner.id}/result`, as: accounts.startup, late },
    { route: '/my/entries/:id/seen', path: `/my/entries/${winner.id}/seen`, as: accounts.startup, late },
    {
      route: '/my/entries/:id',
      path: `/my/entries/${winner.id}`,
      name: 'judged',
      as: accounts.startup,
      late,
    },
    {
      route: '/my/entries/:id/panel',
      path: `/my/entries/${winner.id}/panel`,
      name: 'shown',
      as: accounts.startup,
      late,
    },
    {
      route: '/manage/challenges/:id/jury',
      path: `/manage/challenges/${ended.id}/jury`,
      name: 'locked',
      as: chair,
      late,
    },
  ];
}

async function testbed(server) {
  const { items } = await (await apiAs(server, accounts.admin)).get('/testbeds?city=santander');
  return items[0].id;
}

async function invite(server) {
  const admin = await apiAs(server, accounts.admin);
  const email = 'invited@fieldtrial.example';
  await admin.post('/invitations', { email, language: 'en', role: 'manager', scopeKind: 'installation' });
  const url = new URL(linkIn(await waitForMail(server, email), '/invitation'));
  return url.pathname + url.search + url.hash;
}

/** Writes an answer and most of it away again, so that it has an earlier text; gives the key of its question. */
async function rewritten(server, entry) {
  const member = await apiAs(server, accounts.startup);
  const { fields } = await member.get(`/entries/${entry}`);
  const { id, key } = fields.find((each) => each.kind === 'long');
  for (const [version, value] of ['Counting people without a camera, day and night', 'Counting'].entries()) {
    await member.patch(`/entries/${entry}/answers`, { answers: [{ fieldId: id, value, version }] });
  }
  return key;
}
