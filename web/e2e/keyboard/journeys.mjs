import { accounts } from '../lib/people.mjs';
import { workAtTheDesk } from './desk.mjs';
import { findAndEnter } from './enter.mjs';
import { exportKpis } from './export.mjs';
import { publish } from './publish.mjs';
import { recoverFromErrors } from './recover.mjs';
import { registerAndConfirm } from './register.mjs';
import { scoreThree } from './score.mjs';

/**
 * Journeys that must work by keyboard alone; each gets a new page and throws where it gets stuck; some give figures
 * by name: minutes, or entries where the name begins with cockpit. `late` ones need the jury's stage, for which the runner waits first: a deadline has to pass.
 */
export const journeys = [
  ['register and confirm', (page, server) => registerAndConfirm(page, server)],
  ['find, enter, upload, submit', (page, server) => findAndEnter(page, server, accounts.manager)],
  ['recover from errors', (page, server) => recoverFromErrors(page, server)],
  ['export KPIs', (page, server) => exportKpis(page, server)],
  ['write and publish in Japanese', (page, server) => publish(page, server)],
  ['questions, numbers, translations', (page, server, world) => workAtTheDesk(page, server, world)],
  ['score three entries', (page, server, world) => scoreThree(page, server, world), 'late'],
];
