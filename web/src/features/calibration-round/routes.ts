import { messages as jury } from '~/features/jury/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/calibration',
    load: () => import('./ChairPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/jury/challenges/:id/calibration',
    load: () => import('./DeskPage'),
    messages: [messages, jury],
    signedIn: true,
  },
];
