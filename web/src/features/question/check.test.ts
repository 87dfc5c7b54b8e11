import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askedKeys } from './asked';
import { faultOf, type Question } from './check';

type Case = {
  name: string;
  field: Partial<Omit<Question, 'options'>> & { options?: string[] };
  value: string;
  fault: string;
};

// The table that the server's rules are held to, too.
const cases: Case[] = JSON.parse(
  readFileSync(`${process.cwd()}/../internal/entry/testdata/limits.json`, 'utf8'),
);

const question = (part: Case['field']): Question => ({
  key: 'q',
  section: 's',
  kind: 'short',
  required: false,
  frozen: false,
  accept: [],
  label: {},
  hint: {},
  unit: {},
  ...part,
  options: (part.options ?? []).map((key) => ({ key, label: {} })),
});

test.each(cases)('$name', ({ field, value, fault }) => {
  expect(faultOf(question(field), value)?.code ?? '').toBe(fault);
});

test('a question that depends on a choice is asked where that was made, and where its choice is asked', () => {
  const form = [
    { key: 'place', kind: 'choice' as const },
    { key: 'regions', kind: 'choices' as const, shownIf: { field: 'place', equals: 'coast' } },
    { key: 'sand', kind: 'long' as const, shownIf: { field: 'regions', equals: 'beach' } },
  ];
  const asked = (answers: Record<string, string>) =>
    [...askedKeys(form, (key) => answers[key] ?? '')].join(' ');
  expect(asked({})).toBe('place');
  expect(asked({ place: 'coast' })).toBe('place regions');
  expect(asked({ place: 'coast', regions: 'cliff,beach' })).toBe('place regions sand');
  expect(asked({ place: 'hills', regions: 'beach' })).toBe('place');
});
