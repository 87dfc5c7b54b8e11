import { lasting } from './storage';
import { createStore } from './store';

export type Theme = 'system' | 'light' | 'dark';

function kept(): Theme {
  const value = lasting.get('ft.theme');
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The chosen theme. build/theme-script.ts applies the kept one before the first paint. */
export const theme = createStore<Theme>(kept());

export function chooseTheme(next: Theme): void {
  theme.set(next);
  if (next === 'system') {
    lasting.remove('ft.theme');
    delete document.documentElement.dataset.theme;
  } else {
    lasting.set('ft.theme', next);
    document.documentElement.dataset.theme = next;
  }
}
