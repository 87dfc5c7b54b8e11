import { apiAs } from '../api.mjs';
import { accounts } from '../people.mjs';

/**
 * Gives a challenge of Santander questions in every state, a second version of its rules, an extended deadline
 * and a draft of the next version.
 *
 * @param {{ url: string, password: string }} server
 * @param {{ id: string, slug: string }} challenge
 */
export async function talkAbout(server, { id, slug }) {
  const member = await apiAs(server, accounts.startup);
  const official = await apiAs(server, accounts.santander);
  const ask = (text, lang) => member.post(`/challenges/${slug}/questions`, { text, lang });
  const answer = (question, text, open) =>
    official.put(
      `/manage/questions/${question.id}/answer`,
      { text, lang: 'es', public: open },
      { match: '"1"' },
    );
  const lend = await ask('センサーを試験期間中に貸し出していただけますか。台数に上限はありますか。', 'ja');
  await answer(
    lend,
    'Sí. El ayuntamiento presta **hasta diez sensores** por equipo:\n\n- con soporte y batería,\n- durante toda la prueba.',
    true,
  );
  await official.put(
    `/manage/questions/${lend.id}/texts/en`,
    {
      question: 'Can sensors be borrowed during the trial? Is there a limit?',
      answer: 'Yes. The city lends **up to ten sensors** a team.',
    },
    { match: '"2"' },
  );
  await answer(await ask('¿Puede presentarse una universidad?', 'es'), 'Sí, con un responsable.', true);
  await answer(await ask('May our pilot start a week later?', 'en'), 'Sí, en su caso.', false);
  await ask('Which networks reach the beach: LoRaWAN, or mobile only?', 'en');
  await amend(official, { id });
}

async function amend(official, { id }) {
  const at = `/manage/challenges/${id}`;
  let desk = await official.get(`${at}/rules`);
  const later = (iso, days) => new Date(Date.parse(iso) + days * 86_400_000).toISOString();
  await official.post(`${at}/extend`, {
    dates: {
      closesAt: later(desk.dates.closesAt, 7),
      judgingEndsAt: later(desk.dates.judgingEndsAt, 7),
      resultsAt: later(desk.dates.resultsAt, 7),
    },
    reason: {
      es: 'Varios equipos pidieron más tiempo por las fiestas.',
      ja: '祝日のため、複数のチームから延長の希望がありました。',
    },
  });
  desk = await official.get(`${at}/rules`);
  const sections = Object.fromEntries(desk.sections.map(({ key, text }) => [key, text]));
  const change = async (extra, reason) => {
    const { draftVersion } = await official.get(`${at}/rules`);
    return official.put(
      `${at}/rules/draft`,
      {
        reason,
        text: { sections: { ...sections, terms: `${sections.terms}\n\n${extra}` } },
        criteria: desk.criteria,
      },
      { match: `"${draftVersion}"` },
    );
  };
  const written = await change('El equipo conserva sus derechos sobre la solución.', {
    es: 'Faltaba decirlo.',
  });
  await official.post(`${at}/rules/publish`, { version: written.draftVersion });
  const [first, second, ...rest] = desk.criteria;
  desk.criteria = [{ ...first, weight: first.weight - 5 }, { ...second, weight: second.weight + 5 }, ...rest];
  sections.summary = `${sections.summary} También en verano.`;
  await change('El equipo conserva sus derechos sobre la solución y los datos.', {});
}
