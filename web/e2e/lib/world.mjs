import { apiAs } from './api.mjs';
import { accounts } from './people.mjs';
import { draftChallenge, publishChallenge } from './world/challenge.mjs';
import { enter } from './world/entry.mjs';
import { assign, calibrate, deadline, release, score } from './world/jury.mjs';

/**
 * Fills a seeded server with something in every state, through the API: a challenge in writing, one in
 * judging and one with results, and entries that are begun, submitted and judged.
 *
 * The deadlines take a minute to pass; `judged` settles when they have and the rest is done, the other
 * values are there at once, so that pages without a jury can be looked at meanwhile.
 *
 * @param {{ url: string, password: string }} server
 */
export async function fillWorld(server) {
  const official = await apiAs(server, accounts.santander);
  const member = await apiAs(server, accounts.startup);
  const draft = await draftChallenge(official, { title: 'Playas sin esperas' });
  const { items } = await member.get('/challenges?status=open');
  const open = items[0];
  const { items: contests } = await member.get('/contests');
  const begun = await enter(member, open.slug, { team: 'Begun and left', submit: false });
  const submitted = await enter(member, open.slug, { team: 'Sent in' });
  const judging = await publishChallenge(server, {
    slug: 'beaches-in-judging',
    title: 'Playas: cuánta gente hay',
    closesIn: 75,
  });
  const ended = await publishChallenge(server, {
    slug: 'beaches-with-results',
    title: 'Playas: cuánta gente había',
    closesIn: 75,
  });
  const inJudging = [];
  for (const team of ['Gull', 'Heron', 'Puffin']) inJudging.push(await enter(member, judging.slug, { team }));
  const winner = await enter(member, ended.slug, { team: 'Tern' });
  const other = await enter(member, ended.slug, { team: 'Plover' });
  const judged = finishJudging(server, judging, ended);
  judged.catch(() => {}); // whoever waits for it hears of it
  const contest = contests[0].slug;
  return { contest, draft, open, begun, submitted, judging, ended, inJudging, winner, other, judged };
}

async function finishJudging(server, judging, ended) {
  await deadline(ended);
  await deadline(judging);
  await assign(server, ended);
  await calibrate(server, ended);
  await score(server, ended);
  await release(server, ended);
  await assign(server, judging);
  const juror = await apiAs(server, accounts.juror);
  const { items } = await juror.get(`/jury/challenges/${judging.id}/queue`);
  return { assignments: items.map((item) => item.assignmentId) };
}
