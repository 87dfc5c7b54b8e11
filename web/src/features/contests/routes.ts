import { messages as admin } from '~/features/admin/messages';
import { messages as overtaken } from '~/features/overtaken/messages';
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
    messages: [messages, admin, overtaken],
    signedIn: true,
  },
];
