import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { Staged } from './Staged';

const root = document.createElement('div');
afterEach(() => render(null, root));

test('parts come one a task, in order, and all of them', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  render(
    <Staged>
      <p>1</p>
      {[2, 3].map((each) => (
        <p key={each}>{each}</p>
      ))}
    </Staged>,
    root,
  );
  const seen = [root.textContent];
  for (let i = 0; i < 30 && root.textContent !== '123'; i++) {
    await vi.advanceTimersByTimeAsync(50);
    if (seen.at(-1) !== root.textContent) seen.push(root.textContent);
  }
  vi.useRealTimers();
  expect(seen[0]).toBe('1');
  expect(seen.at(-1)).toBe('123');
});
