import { apiAs } from '../api.mjs';
import { accounts } from '../people.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a challenge's deadline has passed. */
export async function deadline(challenge) {
  const left = challenge.closesAt - Date.now() + 500;
  if (left > 0) await pause(left);
}

/** The chair gives every entry to every juror; the demo juror has declared no conflict before. */
export async function assign(server, challenge) {
  await declare(server, challenge);
  const chair = await apiAs(server, accounts.chair);
  const { jurors } = await chair.get(`/manage/challenges/${challenge.id}/jury`);
  await chair.post(`/manage/challenges/${challenge.id}/assign`, {
    mode: 'all',
    preview: false,
    seats: jurors.filter((each) => each.juror && !each.you).map((each) => each.seatId),
  });
}

async function declare(server, challenge) {
  const juror = await apiAs(server, accounts.juror);
  await juror.post(`/jury/challenges/${challenge.id}/conflicts`, { teamIds: [] });
}

/** The chair has the jury score two entries first; the demo juror hands in, and the round is closed. */
export async function calibrate(server, challenge) {
  const chair = await apiAs(server, accounts.chair);
  const juror = await apiAs(server, accounts.juror);
  const { choices } = await chair.get(`/manage/challenges/${challenge.id}/calibration`);
  const entryIds = choices.filter((each) => each.suggested).map((each) => each.entry.entryId);
  await chair.post(`/manage/challenges/${challenge.id}/calibration`, { entryIds });
  const { criteria } = await juror.get(`/jury/challenges/${challenge.id}/calibration`);
  for (const [place, entryId] of entryIds.entries()) {
    await juror.put(
      `/jury/challenges/${challenge.id}/calibration/entries/${entryId}`,
      {
        scores: criteria.map((each) => ({ criterionId: each.id, score: each.highest - place })),
        toTeam: '',
        language: 'en',
      },
      { match: '"0"' },
    );
  }
  await juror.post(`/jury/challenges/${challenge.id}/calibration/hand-in`, {
    sheets: entryIds.map((entryId) => ({ entryId, version: 1 })),
  });
  await chair.post(`/manage/challenges/${challenge.id}/calibration/close`);
}

/** The demo juror scores and submits everything; scores fall from entry to entry so that nothing ties. */
export async function score(server, challenge) {
  const juror = await apiAs(server, accounts.juror);
  const { items, criteria } = await juror.get(`/jury/challenges/${challenge.id}/queue`);
  for (const [place, item] of items.entries()) {
    await juror.get(`/jury/assignments/${item.assignmentId}`);
    await juror.put(
      `/jury/assignments/${item.assignmentId}/review`,
      {
        scores: criteria.map((each) => ({
          criterionId: each.id,
          score: Math.max(each.lowest, each.highest - place),
        })),
        toTeam: 'Clear and easy to try.',
        toJury: '',
        language: 'en',
      },
      { match: juror.etag },
    );
    await juror.post(`/jury/assignments/${item.assignmentId}/review/submit`, undefined, {
      match: juror.etag,
    });
  }
}

/** Lock, decision (the first one wins, the rest is not selected) and release. */
export async function release(server, challenge) {
  const chair = await apiAs(server, accounts.chair);
  await chair.post(`/manage/challenges/${challenge.id}/lock`, { acceptMissing: true });
  const host = await apiAs(server, accounts.santander);
  const path = `/manage/challenges/${challenge.id}`;
  const decision = await host.get(`${path}/decision`);
  const rows = [...decision.rows].sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  await host.put(
    `${path}/decision`,
    {
      language: 'es',
      choices: rows.map((row, place) => ({
        entryId: row.entryId,
        outcome: place === 0 ? 'winner' : 'not_selected',
        ...(place === 0 ? { place: 1, slotId: decision.slots[0]?.id } : {}),
        // One juror is too few for a rank, so the host says why.
        reason: place === 0 ? 'Se puede probar en el turno disponible.' : '',
        feedback: 'Gracias por participar.',
      })),
    },
    { match: host.etag },
  );
  await host.post(`${path}/decide`, undefined, { match: host.etag });
  await host.post(`${path}/release`);
}
