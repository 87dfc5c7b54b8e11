import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/translations',
    load: () => import('./DeskPage'),
    messages: [messages],
    signedIn: true,
  },
];
