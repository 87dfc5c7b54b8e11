import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/jury/challenges/:id/affiliations',
    load: () => import('./AffiliationsPage'),
    messages: [messages],
    signedIn: true,
  },
];
