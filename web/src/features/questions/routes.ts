import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/challenges/:slug/questions', load: () => import('./BoardPage'), messages: [messages] },
  {
    path: '/manage/challenges/:id/questions',
    load: () => import('./DeskPage'),
    messages: [messages],
    signedIn: true,
  },
];
