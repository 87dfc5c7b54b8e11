import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useKeys } from './use-keys';

const keys = { score: vi.fn(), move: vi.fn(), submit: vi.fn(), help: vi.fn() };

function Probe({ on }: { on: boolean }) {
  useKeys(on, keys);
  return (
    <>
      <input type="radio" />
      <textarea />
    </>
  );
}

function show(on: boolean) {
  act(() => render(<Probe on={on} />, document.body));
}

function press(key: string, target: EventTarget = document.body, extra: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...extra }));
}

beforeEach(() => {
  for (const key of Object.values(keys)) key.mockClear();
});
afterEach(() => {
  act(() => render(null, document.body));
  document.body.innerHTML = '';
});

test('digits, j, k, ? and Ctrl+Enter', () => {
  show(true);
  press('4', document.querySelector('input') as EventTarget);
  press('j');
  press('k');
  press('?');
  press('Enter', document.body, { ctrlKey: true });
  expect(keys.score).toHaveBeenCalledWith(4);
  expect(keys.move.mock.calls).toEqual([[1], [-1]]);
  expect(keys.help).toHaveBeenCalledOnce();
  expect(keys.submit).toHaveBeenCalledOnce();
});

test('while somebody types, only Ctrl+Enter is a key', () => {
  show(true);
  const text = document.querySelector('textarea') as EventTarget;
  for (const key of ['4', 'j', '?']) press(key, text);
  press('Enter', text, { ctrlKey: true });
  expect(keys.score).not.toHaveBeenCalled();
  expect(keys.move).not.toHaveBeenCalled();
  expect(keys.help).not.toHaveBeenCalled();
  expect(keys.submit).toHaveBeenCalledOnce();
});

test('with a modifier, in a dialog and when turned off nothing happens', () => {
  show(true);
  press('j', document.body, { ctrlKey: true });
  document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>');
  press('j');
  document.querySelector('dialog')?.remove();
  show(false);
  press('j');
  press('Enter', document.body, { ctrlKey: true });
  expect(keys.move).not.toHaveBeenCalled();
  expect(keys.submit).not.toHaveBeenCalled();
});
