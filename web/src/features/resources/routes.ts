import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/resources',
    load: () => import('./ResourcesPage'),
    messages: [messages],
    signedIn: true,
  },
];
