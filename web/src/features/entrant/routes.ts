import { messages as question } from '~/features/question/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/my/entries/:id/history',
    load: () => import('./HistoryPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/history/:field',
    load: () => import('./EarlierPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/print',
    load: () => import('./PrintPage'),
    messages: [messages, question],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/testbeds',
    load: () => import('./TestbedsPage'),
    messages: [messages],
    signedIn: true,
  },
];
