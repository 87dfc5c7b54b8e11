import { useState } from 'preact/hooks';
import { afterEach, expect, test } from 'vitest';
import { clear, settle, show } from '~/test/show';
import type { Item, Meeting } from './api';
import { useFocus } from './use-focus';

type Now = { state: Meeting['state']; version: number; entry?: string; saved?: number };
let go: (next: Partial<Now>) => void;

/** What a meeting's page has to put the focus on. */
function Probe() {
  const [now, set] = useState<Now>({ state: 'planned', version: 1 });
  go = (next) => set((before) => ({ ...before, ...next }));
  const current = now.entry ? ({ entryId: now.entry, version: now.saved } as Item) : undefined;
  useFocus({ state: now.state, version: now.version } as Meeting, current);
  return (
    <>
      <h1 tabIndex={-1}>meeting</h1>
      <form class="meeting-plan">
        <button type="submit">plan</button>
      </form>
      {current ? (
        <form class="meeting-current">
          <h2 id="current" tabIndex={-1}>
            {now.entry}
          </h2>
          <button type="submit">item</button>
        </form>
      ) : null}
      <h2 id="agenda" tabIndex={-1}>
        agenda
      </h2>
    </>
  );
}
afterEach(clear);

test('the keyboard stays where the work goes on when what was pressed goes away', async () => {
  await show(<Probe />);
  const after = async (next: Partial<Now>) => {
    go(next);
    await settle();
    return document.activeElement?.textContent;
  };
  expect(document.activeElement).toBe(document.body); // the page itself begins at its heading
  expect(await after({ version: 2 })).toBe('plan');
  expect(await after({ state: 'open', version: 3 })).toBe('agenda');
  expect(await after({ entry: 'FT-1', saved: 1 })).toBe('FT-1');
  expect(await after({ saved: 2 })).toBe('item');
  expect(await after({ entry: undefined, saved: undefined })).toBe('agenda');
  expect(await after({ state: 'closed' })).toBe('meeting');
});
