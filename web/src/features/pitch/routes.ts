import { messages as jury } from '~/features/jury/messages';
import { messages as manage } from '~/features/manage/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/pitch-plan',
    load: () => import('./PlanPage'),
    messages: [messages, manage],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/pitch',
    load: () => import('./RoundPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/jury/challenges/:id/pitch',
    load: () => import('./ScorePage'),
    messages: [messages, jury],
    signedIn: true,
  },
];
