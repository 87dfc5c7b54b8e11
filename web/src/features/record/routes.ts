import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/record', load: () => import('./RecordPage'), messages: [messages] },
  { path: '/challenges/:slug/record', load: () => import('./ChallengeRecordPage'), messages: [messages] },
];
