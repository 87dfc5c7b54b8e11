import { messages as overtaken } from '~/features/overtaken/messages';
import { messages as question } from '~/features/question/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/form',
    load: () => import('./FormPage'),
    messages: [messages, question, overtaken],
    signedIn: true,
    wide: true,
  },
];
