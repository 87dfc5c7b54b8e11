import { afterEach } from 'vitest';
import { clear } from './show';

afterEach(() => {
  clear();
  document.body.replaceChildren();
  sessionStorage.clear();
  localStorage.clear();
});
