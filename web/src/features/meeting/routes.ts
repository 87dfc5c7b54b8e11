import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/manage/challenges/:id/meeting',
    load: () => import('./MeetingPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/meeting/minutes',
    load: () => import('./MinutesPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/meeting/projector',
    load: () => import('./ProjectorPage'),
    messages: [messages],
    signedIn: true,
    wide: true,
  },
];
