import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/admin/kpi', load: () => import('./BoardPage'), messages: [messages], signedIn: true },
  { path: '/admin/kpi/:slug', load: () => import('./IndicatorPage'), messages: [messages], signedIn: true },
];
