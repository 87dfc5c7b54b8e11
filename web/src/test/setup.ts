import { afterAll, afterEach } from 'vitest';
import { clear } from './show';

afterEach(() => {
  clear();
  document.body.replaceChildren();
  sessionStorage.clear();
  localStorage.clear();
});

// The files after this one are in the same window.
afterAll(() => {
  if (location.protocol === 'about:') throw new Error('this file leaves the page: name it *.alone.test');
});
