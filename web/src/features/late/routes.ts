import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/late',
    load: () => import('./LatePage'),
    messages: [messages],
    signedIn: true,
  },
];
