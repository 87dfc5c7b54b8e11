import { apiAs } from '../api.mjs';
import { accounts } from '../people.mjs';

const hour = 3_600_000;
const iso = (at) => new Date(at).toISOString();

/**
 * Publishes a challenge of Santander through the API, in Spanish only, by two officials.
 *
 * @param {{ url: string, password: string }} server
 * @param {{ slug: string, title: string, closesIn: number, eligibility?: string }} options closesIn in seconds, at
 *   least 64: a challenge is not sent for approval in the last minute before its deadline; eligibility: a question that
 *   every team answers with yes or no
 * @returns {Promise<{ id: string, slug: string, closesAt: number }>} closesAt in milliseconds
 */
export async function publishChallenge(server, { slug, title, closesIn, eligibility }) {
  const official = await apiAs(server, accounts.santander);
  const id = await draftChallenge(official, { title });
  await writeText(official, id, title);
  const closes = Date.now() + closesIn * 1000;
  await official.get(`/manage/challenges/${id}`);
  await official.patch(
    `/manage/challenges/${id}`,
    {
      slug,
      dates: {
        opensAt: iso(closes - 24 * hour),
        closesAt: iso(closes),
        judgingEndsAt: iso(closes + 14 * 24 * hour),
        resultsAt: iso(closes + 21 * 24 * hour),
      },
    },
    { match: official.etag },
  );
  await official.put(
    `/manage/challenges/${id}/terms`,
    { template: 'startup-keeps' },
    { match: official.etag },
  );
  if (eligibility) await askEligibility(official, id, eligibility);
  await official.post(`/manage/challenges/${id}/send`);
  const approver = await apiAs(server, accounts.santanderApprover);
  await approver.post(`/manage/challenges/${id}/approve`);
  await approver.post(`/manage/challenges/${id}/publish`);
  return { id, slug, closesAt: closes };
}

async function askEligibility(official, id, text) {
  const at = `/manage/challenges/${id}/eligibility`;
  await official.get(at);
  const question = {
    key: 'asked',
    text: { es: text },
    explanation: { es: text },
    expected: true,
    blocking: false,
  };
  await official.put(at, { questions: [question] }, { match: official.etag });
}

/** Starts a challenge from the template and leaves it a draft; gives its id. */
export async function draftChallenge(official, { title }) {
  const { items: contests } = await official.get('/contests');
  const { items: cities } = await official.get('/cities');
  const { items: testbeds } = await official.get('/testbeds?city=santander');
  const open = testbeds.find((each) => each.slots.length > 0) ?? testbeds[0];
  const made = await official.post('/manage/challenges', {
    contestId: contests[0].id,
    leadCityId: cities.find((city) => city.slug === 'santander').id,
    title,
    testbedIds: [open.id],
  });
  return made.id;
}

async function writeText(official, id, title) {
  const { texts } = await official.get(`/manage/challenges/${id}`);
  const spanish = texts.find((text) => text.lang === 'es');
  await official.put(
    `/manage/challenges/${id}/texts/es`,
    {
      title,
      summary: 'Saber cuánta gente hay en cada playa antes de salir de casa.',
      problem: 'En agosto, las playas del centro se llenan **antes de las once** y quedan otras vacías.',
      context: 'La ciudad cuenta con sensores de ruido y de paso en los accesos.',
      success: '- Menos esperas\n- Reparto entre playas',
      resources: 'Lugar, dispositivos y datos abiertos.',
      eligibility: spanish.eligibility || 'Cualquier equipo.',
      demonstration: 'Un vídeo o un documento con un ejemplo real.',
      terms: spanish.terms || 'Se aceptan las bases del programa.',
    },
    { match: `"${spanish.version}"` },
  );
}
