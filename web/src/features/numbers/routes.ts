import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/numbers',
    load: () => import('./NumbersPage'),
    messages: [messages],
    signedIn: true,
  },
];
