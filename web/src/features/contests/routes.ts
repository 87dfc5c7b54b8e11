import { messages as admin } from '~/features/admin/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/admin/contests', load: () => import('./ContestsPage'), messages: [messages], signedIn: true },
  {
    path: '/admin/contests/new',
    load: () => import('./NewContestPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/admin/contests/:id',
    load: () => import('./ContestPage'),
    messages: [messages, admin],
    signedIn: true,
  },
];
