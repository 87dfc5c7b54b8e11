import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/admin/seen', load: () => import('./LogPage'), messages: [messages], signedIn: true },
  { path: '/my/entries/:id/seen', load: () => import('./EntryPage'), messages: [messages], signedIn: true },
];
