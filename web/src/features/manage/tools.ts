import type { Managed } from './api';
import type en from './messages/en.json';

type Key = keyof typeof en;

/** When a tool is needed; the overview shows them in this order. */
export const moments = ['write', 'before', 'open', 'after'] as const;
export type Moment = (typeof moments)[number];

/** A page that works on one challenge, linked from its overview. */
export type Tool = {
  moment: Moment;
  /** The last part of its address: /manage/challenges/:id/{path}. */
  path: string;
  /** Its title and one line below, in this feature's messages. */
  title: Key;
  hint?: Key;
  /** Where absent: always for `write` and `before`, once published for the others. */
  show?: (challenge: Managed) => boolean;
};

// One line a tool. Messages for form, questions, rules, screening, numbers, translations and late policy are there.
const tools: Tool[] = [
  {
    moment: 'write',
    path: 'settings',
    title: 'tool.settings',
    hint: 'tool.settings.hint',
    show: (c) => c.allowedActions.includes('challenge.edit'),
  },
  {
    moment: 'write',
    path: 'translations',
    title: 'tool.translations',
    hint: 'tool.translations.hint',
  },
  { moment: 'write', path: 'eligibility', title: 'eligibility.title', hint: 'tool.eligibility.hint' },
  { moment: 'write', path: 'resources', title: 'tool.resources', hint: 'tool.resources.hint' },
  { moment: 'before', path: 'approval-sheet', title: 'tool.sheet', hint: 'tool.sheet.hint' },
  { moment: 'open', path: 'questions', title: 'tool.questions', hint: 'tool.questions.hint' },
  { moment: 'open', path: 'rules', title: 'tool.rules', hint: 'tool.rules.hint' },
  { moment: 'before', path: 'late', title: 'tool.late', hint: 'tool.late.hint' },
  { moment: 'before', path: 'pitch-plan', title: 'tool.pitch', hint: 'tool.pitch.hint' },
  { moment: 'before', path: 'calibration', title: 'tool.calibration', hint: 'tool.calibration.hint' },
  { moment: 'open', path: 'numbers', title: 'tool.numbers', hint: 'tool.numbers.hint' },
  { moment: 'after', path: 'entries', title: 'tool.entries', hint: 'tool.entries.hint' },
  { moment: 'after', path: 'jury', title: 'tool.jury', hint: 'tool.jury.hint' },
  { moment: 'after', path: 'awards', title: 'tool.awards', hint: 'tool.awards.hint' },
];

/** The tools of one moment for a challenge as it stands, in the order of the table. */
export function toolsOf(challenge: Managed, moment: Moment): Tool[] {
  const always = moment === 'write' || moment === 'before' || challenge.state === 'published';
  return tools.filter((tool) => tool.moment === moment && (tool.show?.(challenge) ?? always));
}
