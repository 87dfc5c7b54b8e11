import { messages as question } from '~/features/question/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/entries',
    load: () => import('./EntriesPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/entries/:entry',
    load: () => import('./EntryPage'),
    messages: [messages, question],
    signedIn: true,
  },
];
