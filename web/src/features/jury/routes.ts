import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/jury', load: () => import('./OverviewPage'), messages: [messages], signedIn: true },
  {
    path: '/jury/challenges/:id/conflicts',
    load: () => import('./DeclarePage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/jury/:assignment',
    load: () => import('./CockpitPage'),
    messages: [messages],
    signedIn: true,
    wide: true,
  },
];
