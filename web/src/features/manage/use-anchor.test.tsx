import { afterEach, expect, it } from 'vitest';
import { settle, show } from '~/test/show';
import { useAnchor } from './use-anchor';

function Example() {
  useAnchor();
  return (
    <>
      <div id="part-one">
        <textarea name="one" />
      </div>
      <textarea name="two" />
    </>
  );
}

const focused = () => (document.activeElement as HTMLTextAreaElement).name;

afterEach(() => history.replaceState(null, '', ' '));

it('puts the focus where the named section is written', async () => {
  history.replaceState(null, '', '#part-one');
  await show(<Example />);
  await settle(80);
  expect(focused()).toBe('one');
});

it('leaves the focus to whoever writes already, however late the page settles', async () => {
  history.replaceState(null, '', '#part-one');
  const root = await show(<Example />);
  root.querySelector<HTMLElement>('[name=two]')?.focus();
  await settle(80);
  expect(focused()).toBe('two');
});
