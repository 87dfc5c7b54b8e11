import { readFileSync } from 'node:fs';

/** A small PDF of one page; the file the tests upload by hand as well. */
export const pdf = new URL('./pitch.pdf', import.meta.url);

const texts = {
  short: (team) => `Plan of ${team}`,
  long: (team) =>
    `**${team}** counts people at the beach without a camera.\n\n- open data\n- one week to set up`,
  link: () => 'https://example.com/',
};

/**
 * A team enters a challenge through the API: answers everything that is required, uploads a PDF, submits.
 *
 * @param {ReturnType<import('../api.mjs').api>} member calls as the team's owner
 * @param {string} slug of the challenge
 * @param {{ team: string, submit?: boolean, answers?: boolean }} options answers without submit: only what is
 *   written, no file yet; eligible: answers to eligibility questions by key
 * @returns {Promise<{ id: string, reference: string, teamId: string, section: string }>} section: key of the first
 */
export async function enter(member, slug, { team, submit = true, answers: answered = submit, eligible }) {
  const { id: teamId } = await member.post('/teams', {
    name: team,
    kind: 'startup',
    country: 'ES',
    city: 'Santander',
  });
  const entry = await member.post(`/challenges/${slug}/entries`, { teamId, language: 'en' });
  const result = { id: entry.id, reference: entry.reference, teamId, section: entry.sections[0].key };
  if (eligible) {
    const answers = Object.entries(eligible).map(([key, answer]) => ({ key, answer }));
    await member.put(`/entries/${entry.id}/eligibility`, { answers });
  }
  if (!answered) return result;
  const answers = entry.fields
    .filter((field) => field.required && field.kind !== 'file')
    .map((field) => ({
      fieldId: field.id,
      version: 0,
      value: field.kind === 'choice' ? field.options[0].key : texts[field.kind](team),
    }));
  await member.patch(`/entries/${entry.id}/answers`, { answers });
  if (!submit) return result;
  for (const field of entry.fields.filter((each) => each.required && each.kind === 'file')) {
    await upload(member, entry.id, field.id);
  }
  await member.post(`/entries/${entry.id}/submit`);
  return result;
}

/** Uploads the PDF as one part, straight to the store as the browser does. */
export async function upload(member, entryId, fieldId) {
  const bytes = readFileSync(pdf);
  const { file } = await member.post(`/entries/${entryId}/files`, {
    fieldId,
    name: 'pitch.pdf',
    size: bytes.length,
    type: 'application/pdf',
  });
  const { links } = await member.post(`/files/${file.id}/parts`, { numbers: [1] });
  const answer = await fetch(new URL(links[0].url, member.url), { method: 'PUT', body: bytes });
  if (!answer.ok) throw new Error(`the store answers ${answer.status}: ${await answer.text()}`);
  await member.post(`/files/${file.id}/complete`);
}
