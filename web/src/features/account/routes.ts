import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/account/security', load: () => import('./SecurityPage'), messages: [messages], signedIn: true },
  { path: '/account/log', load: () => import('./LogPage'), messages: [messages], signedIn: true },
  { path: '/account/tokens', load: () => import('./TokensPage'), messages: [messages], signedIn: true },
  { path: '/account/data', load: () => import('./DataPage'), messages: [messages], signedIn: true },
  { path: '/manage/contacts', load: () => import('./ContactsPage'), messages: [messages], signedIn: true },
  { path: '/admin/breaches', load: () => import('./BreachesPage'), messages: [messages], signedIn: true },
  { path: '/change-email', load: () => import('./ChangeEmailPage'), messages: [messages] },
];
