import { beforeAll, expect, test, vi } from 'vitest';
import { keepFocus } from './keep-focus';

beforeAll(() => {
  // The test's document draws nothing; all of it counts as shown.
  Element.prototype.checkVisibility = () => true;
  keepFocus();
});

const at = (id: string) => document.getElementById(id) as HTMLElement;

test('what had the focus is taken away: its neighbour has it next', async () => {
  document.body.innerHTML =
    '<main id="main"><h1 tabindex="-1">Page</h1><ul><li><button id="a">A</button></li><li><button id="b">B</button></li></ul></main>';
  at('a').focus();
  at('a').closest('li')?.remove();
  await vi.waitFor(() => expect(document.activeElement).toBe(at('b')));
});

test('the next step of a dialog says where to begin', async () => {
  document.body.innerHTML = '<div role="dialog" id="box"><button id="x">Next</button></div>';
  at('x').focus();
  at('box').innerHTML = '<button>Do it</button><button id="safe" autofocus>Cancel</button>';
  await vi.waitFor(() => expect(document.activeElement).toBe(at('safe')));
});

test('another page puts the focus itself', async () => {
  document.body.innerHTML =
    '<a href="/" id="home">Home</a><main id="main"><p><button id="a">A</button></p></main>';
  at('a').focus();
  at('main').innerHTML = '<h1>Another</h1><button>B</button>';
  await new Promise((done) => setTimeout(done, 100));
  expect(document.activeElement).toBe(document.body);
});
