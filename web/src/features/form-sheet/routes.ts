import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/jury/challenges/:id/form',
    load: () => import('./FormPage'),
    messages: [messages],
    signedIn: true,
  },
];
