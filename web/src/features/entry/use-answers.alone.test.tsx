import { beforeEach, expect, test, vi } from 'vitest';
import { queries } from '~/api/query';
import { lasting } from '~/lib/storage';
import { settle, show, type } from '~/test/show';
import type { Entry, EntryAnswer } from './api';
import { useAnswers } from './use-answers';

const patch = vi.fn();
vi.mock('~/app/use-me', () => ({ useMe: () => ({ id: 'p1' }) }));
vi.mock('~/api/client', () => ({
  api: { PATCH: (_: string, options: { body: { answers: unknown[] } }) => patch(options.body.answers) },
  ok: (answer: unknown) => answer,
}));

const saved = (value: string, version: number, updatedBy = 'Ana'): EntryAnswer => ({
  fieldId: 'f1',
  value,
  version,
  updatedAt: '2026-11-22T18:00:00Z',
  updatedBy,
});
const answer = (part: {
  saved?: EntryAnswer[];
  conflicts?: EntryAnswer[];
  frozen?: EntryAnswer[];
  formVersion?: number;
  changesNotSubmitted?: boolean;
}) => ({
  saved: [],
  conflicts: [],
  frozen: [],
  sections: [],
  missing: [],
  changesNotSubmitted: false,
  formVersion: 1,
  ...part,
});
const entryOf = (answers: EntryAnswer[]) =>
  ({
    id: 'e1',
    status: 'not_submitted',
    answers,
    formVersion: 1,
    changesNotSubmitted: false,
  }) as unknown as Entry;

function Example({ entry }: { entry: Entry }) {
  const answers = useAnswers(entry, ['f1']);
  return (
    <>
      <input value={answers.value('f1')} onInput={(event) => answers.set('f1', event.currentTarget.value)} />
      <button type="button" class="save" onClick={() => void answers.save.flush().catch(() => {})} />
      <button type="button" class="ours" onClick={() => answers.keepOurs('f1')} />
      <button type="button" class="merge" onClick={() => answers.merge('f1', ' / ')} />
      <button type="button" class="theirs" onClick={() => answers.takeTheirs('f1')} />
      <output>{answers.conflicts.f1?.value}</output>
      <em>{answers.late.f1}</em>
    </>
  );
}

async function open(answers: EntryAnswer[]) {
  const root = await show(<Example entry={entryOf(answers)} />);
  await settle();
  const input = root.querySelector('input') as HTMLInputElement;
  const press = async (name: string) => {
    (root.querySelector(`.${name}`) as HTMLButtonElement).click();
    await settle();
  };
  return { root, input, press, theirs: () => root.querySelector('output')?.textContent };
}

/** What this browser keeps of the entry, of every tab. */
const kept = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith('ft.typed.p1.e1.'))
    .map((key) => localStorage.getItem(key))
    .join();
const leave = (tab: string, value: string, version: number, at: number) =>
  lasting.set(`ft.typed.p1.e1.${tab}`, JSON.stringify({ f1: { value, version, at } }));

beforeEach(() => {
  patch.mockReset();
  localStorage.clear();
});

test('saves over the version that was typed over, and then over the next', async () => {
  patch.mockResolvedValueOnce(answer({ saved: [saved('one', 4)] }));
  patch.mockResolvedValueOnce(answer({ saved: [saved('two', 5)] }));
  const { input, press } = await open([saved('old', 3)]);
  type(input, 'one');
  await settle();
  await press('save');
  type(input, 'two');
  await settle();
  await press('save');
  expect(patch.mock.calls).toEqual([
    [[{ fieldId: 'f1', value: 'one', version: 3 }]],
    [[{ fieldId: 'f1', value: 'two', version: 4 }]],
  ]);
});

test('a clash leaves both texts; ours goes over theirs only when told', async () => {
  patch.mockResolvedValueOnce(answer({ conflicts: [saved('theirs', 7, 'Ken')] }));
  patch.mockResolvedValueOnce(answer({ saved: [saved('ours', 8)] }));
  const { input, press, theirs } = await open([saved('old', 3)]);
  type(input, 'ours');
  await settle();
  await press('save');
  expect([input.value, theirs()]).toEqual(['ours', 'theirs']);
  await press('save');
  expect(patch).toHaveBeenCalledTimes(1);
  await press('ours');
  expect(patch.mock.calls[1]).toEqual([[{ fieldId: 'f1', value: 'ours', version: 7 }]]);
  expect(theirs()).toBe('');
});

test('theirs can stay', async () => {
  patch.mockResolvedValueOnce(answer({ conflicts: [saved('theirs', 7, 'Ken')] }));
  const { input, press, theirs } = await open([saved('old', 3)]);
  type(input, 'ours');
  await settle();
  await press('save');
  await press('theirs');
  expect([input.value, theirs()]).toEqual(['theirs', '']);
  expect(patch).toHaveBeenCalledTimes(1);
});

test('what could not be saved survives a reload, with the version it was typed over', async () => {
  patch.mockRejectedValueOnce(new Error('offline'));
  const first = await open([saved('old', 3)]);
  type(first.input, 'kept');
  await settle();
  await first.press('save');
  expect(kept()).toContain('kept');
  patch.mockReset();
  patch.mockResolvedValue(answer({ saved: [saved('kept', 10)] }));
  // A team-mate was faster meanwhile: the server tells by the version.
  const second = await open([saved('newer', 9)]);
  await settle();
  expect(second.input.value).toBe('kept');
  expect(patch.mock.calls[0]).toEqual([[{ fieldId: 'f1', value: 'kept', version: 3 }]]);
  expect(kept()).toBe('');
});

test('what was typed after the field was frozen stays in sight, and the answer as it stands', async () => {
  patch.mockResolvedValueOnce(answer({ frozen: [saved('old', 3)] }));
  const { root, input, press } = await open([saved('old', 3)]);
  type(input, 'too late');
  await settle();
  await press('save');
  expect(input.value).toBe('old');
  expect(root.querySelector('em')?.textContent).toBe('too late');
  expect(kept()).toBe('');
  await press('save');
  expect(patch).toHaveBeenCalledTimes(1);
});

test('both texts can be put together', async () => {
  patch.mockResolvedValueOnce(answer({ conflicts: [saved('theirs', 7, 'Ken')] }));
  patch.mockResolvedValueOnce(answer({ saved: [saved('ours / theirs', 8)] }));
  const { input, press } = await open([saved('old', 3)]);
  type(input, 'ours');
  await settle();
  await press('save');
  await press('merge');
  expect(input.value).toBe('ours / theirs');
  expect(patch.mock.calls[1]).toEqual([[{ fieldId: 'f1', value: 'ours / theirs', version: 7 }]]);
});

test('what two closed tabs left: the newest is sent over its version, the other one is shown', async () => {
  leave('a', 'from the train', 2, 1000);
  leave('b', 'from the café', 2, 2000);
  lasting.set('ft.typed.p2.e1.c', JSON.stringify({ f1: { value: 'somebody else', version: 2, at: 3000 } }));
  patch.mockResolvedValue(answer({ saved: [saved('from the café', 4)] }));
  const { input, theirs, press } = await open([saved('old', 3)]);
  await settle();
  expect([input.value, theirs()]).toEqual(['from the café', 'from the train']);
  patch.mockResolvedValue(answer({ saved: [saved('from the train', 5)] }));
  await press('theirs');
  expect(input.value).toBe('from the train');
  expect(patch.mock.lastCall).toEqual([
    [{ fieldId: 'f1', value: 'from the train', version: expect.any(Number) }],
  ]);
  expect(localStorage.getItem('ft.typed.p2.e1.c')).toContain('somebody else');
  lasting.removeAll('ft.typed.');
  expect(kept()).toBe('');
});

test('the first change after a submission is read again, so that the entry says that it is not sent', async () => {
  const again = vi.spyOn(queries, 'invalidateQueries').mockClear();
  const renewals = () => again.mock.calls.filter(([what]) => what?.queryKey?.[0] === 'entry').length;
  const { input, press } = await open([saved('first', 1)]);
  patch.mockResolvedValueOnce(answer({ saved: [saved('second', 2)], changesNotSubmitted: true }));
  await type(input, 'second');
  await press('save');
  expect(renewals()).toBe(1);
});

test('a form that the city changed meanwhile is read again, and only then', async () => {
  const again = vi.spyOn(queries, 'invalidateQueries').mockClear();
  const renewals = () => again.mock.calls.filter(([what]) => what?.queryKey?.[0] === 'entry').length;
  const { input, press } = await open([saved('first', 1)]);
  patch.mockResolvedValueOnce(answer({ saved: [saved('second', 2)] }));
  await type(input, 'second');
  await press('save');
  expect(renewals()).toBe(0);
  patch.mockResolvedValueOnce(answer({ saved: [saved('third', 3)], formVersion: 2 }));
  await type(input, 'third');
  await press('save');
  expect(renewals()).toBe(1);
  expect(input.value).toBe('third');
});
