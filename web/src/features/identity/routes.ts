import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/sign-in', load: () => import('./SignInPage'), messages: [messages] },
  { path: '/sign-in/city', load: () => import('./CitySignInPage'), messages: [messages] },
  { path: '/register', load: () => import('./RegisterPage'), messages: [messages] },
  { path: '/confirm-email', load: () => import('./ConfirmEmailPage'), messages: [messages] },
  { path: '/reset', load: () => import('./ResetPage'), messages: [messages] },
  { path: '/invitation', load: () => import('./InvitationPage'), messages: [messages] },
  { path: '/account', load: () => import('./AccountPage'), messages: [messages], signedIn: true },
  { path: '/admin/people', load: () => import('./people/PeoplePage'), messages: [messages], signedIn: true },
];
