import { useState } from 'preact/hooks';
import { expect, it } from 'vitest';
import { SaveStatus } from '~/components/SaveStatus';
import { settle, show, type } from '~/test/show';
import { useAutosave } from './use-autosave';

function Example({ save }: { save: (text: string) => Promise<void> }) {
  const [text, setText] = useState('');
  const state = useAutosave(text, save, 20);
  return (
    <>
      <input value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <SaveStatus save={state} />
    </>
  );
}

const input = (root: HTMLElement) => root.querySelector('input') as HTMLInputElement;

it('saves once typing stops, and says when', async () => {
  const saved: string[] = [];
  const root = await show(<Example save={async (text) => void saved.push(text)} />);
  type(input(root), 'a');
  await settle(5);
  type(input(root), 'ab');
  await settle(80);
  expect(saved).toEqual(['ab']);
  expect(root.querySelector('[role=status]')?.textContent).toMatch(/^Draft saved \d\d:\d\d$/);
});

it('never overlaps, and the last value wins', async () => {
  const saved: string[] = [];
  let running = 0;
  const root = await show(
    <Example
      save={async (text) => {
        expect(++running).toBe(1);
        await settle(60);
        running--;
        saved.push(text);
      }}
    />,
  );
  type(input(root), 'a');
  await settle(40);
  type(input(root), 'ab');
  await settle(200);
  expect(saved).toEqual(['a', 'ab']);
});

it('says "saved" only on the word of the server', async () => {
  const root = await show(<Example save={() => Promise.reject(new Error('no'))} />);
  type(input(root), 'a');
  await settle(80);
  expect(root.querySelector('[role=status]')?.textContent).toMatch(/^Not saved/);
});
