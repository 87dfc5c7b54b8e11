import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/jury',
    load: () => import('./ChairPage'),
    messages: [messages],
    signedIn: true,
  },
];
