import { beforeEach, expect, it } from 'vitest';
import { ProblemError } from '~/api/problem';
import { settle, show } from '~/test/show';
import { type Standing, useDraft } from './use-draft';

type Text = { title: string; body: string };
const stale = () => new ProblemError(412, 'request.stale', 'stale', {}, undefined, {});

/** A server with one text, and an editor of it. */
function bench(server: Standing<Text>) {
  let editor: ReturnType<typeof useDraft<Text>>;
  const send = async (value: Text, version: number | string) => {
    if (version !== server.version) throw stale();
    server.value = value;
    server.version = Number(version) + 1;
    return { ...server };
  };
  function Editor({ first }: { first: Standing<Text> }) {
    editor = useDraft('text', first);
    return null;
  }
  return {
    open: () => show(<Editor first={structuredClone(server)} />),
    type: async (part: Partial<Text>) => {
      editor.setDraft((before) => ({ ...before, ...part }));
      await settle(1);
    },
    save: async () => {
      const done = await editor.save(send, async () => structuredClone(server));
      await settle(1);
      return done;
    },
    now: () => editor,
  };
}

beforeEach(() => sessionStorage.clear());

it('is saved once more by itself where the other touched nothing of it', async () => {
  const server = { value: { title: 'Heat', body: '' }, version: 1 };
  const it = bench(server);
  await it.open();
  await it.type({ body: 'mine' });
  server.version = 2; // something else of the challenge was saved
  expect(await it.save()).toBe(true);
  expect(server).toEqual({ value: { title: 'Heat', body: 'mine' }, version: 3 });
  expect(it.now().overtaken).toBeUndefined();
});

it('keeps what was typed where somebody else saved first, and says what they changed', async () => {
  const server = { value: { title: 'Heat', body: '' }, version: 1 };
  const it = bench(server);
  await it.open();
  await it.type({ title: 'mine', body: 'mine' });
  server.value = { title: 'theirs', body: '' };
  server.version = 2;
  expect(await it.save()).toBe(false);
  expect(server.value.title).toBe('theirs');
  expect(it.now().draft).toEqual({ title: 'mine', body: 'mine' });
  const clash = it.now().overtaken?.clashes[0];
  expect(clash).toEqual({ path: ['title'], base: 'Heat', theirs: 'theirs' });
  if (clash) it.now().take(clash);
  await settle(1);
  expect(it.now().overtaken).toBeUndefined();
  expect(await it.save()).toBe(true);
  expect(server).toEqual({ value: { title: 'theirs', body: 'mine' }, version: 3 });
});

it('joins what this tab had not saved with what was saved while it was away', async () => {
  const server = { value: { title: 'Heat', body: '' }, version: 1 };
  const it = bench(server);
  await it.open();
  await it.type({ body: 'mine' });
  server.value = { title: 'theirs', body: '' };
  server.version = 2;
  await it.open();
  expect(it.now().draft).toEqual({ title: 'theirs', body: 'mine' });
  expect(it.now().unsaved).toBe(true);
  expect(it.now().overtaken?.taken.map((each) => each.path)).toEqual([['title']]);
  expect(await it.save()).toBe(true);
  await it.open();
  expect(it.now().unsaved).toBe(false);
});
