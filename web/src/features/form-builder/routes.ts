import { messages as question } from '~/features/question/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/form',
    load: () => import('./FormPage'),
    messages: [messages, question],
    signedIn: true,
    wide: true,
  },
];
