import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/open-data', load: () => import('./OpenDataPage'), messages: [messages] },
];
