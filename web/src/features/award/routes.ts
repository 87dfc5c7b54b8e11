import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/challenges/:slug/results', load: () => import('./ResultsPage'), messages: [messages] },
  {
    path: '/my/entries/:id/result',
    load: () => import('./ResultPage'),
    messages: [messages],
    signedIn: true,
  },
];
