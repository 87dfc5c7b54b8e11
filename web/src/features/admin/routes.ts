import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/admin', load: () => import('./AdminPage'), messages: [messages], signedIn: true },
  { path: '/admin/mail', load: () => import('./MailPage'), messages: [messages], signedIn: true },
  { path: '/admin/jobs', load: () => import('./JobsPage'), messages: [messages], signedIn: true },
];
