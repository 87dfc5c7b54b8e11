import { messages as manage } from '~/features/manage/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/challenges/:slug/versions', load: () => import('./VersionsPage'), messages: [messages] },
  {
    path: '/manage/challenges/:id/rules',
    load: () => import('./DeskPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/rules/edit',
    load: () => import('./EditPage'),
    messages: [messages, manage],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/rules/extend',
    load: () => import('./ExtendPage'),
    messages: [messages],
    signedIn: true,
  },
];
