import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/awards',
    load: () => import('./DecidePage'),
    messages: [messages],
    signedIn: true,
  },
];
