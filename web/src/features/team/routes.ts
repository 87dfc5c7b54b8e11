import { messages as entrant } from '~/features/entrant/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/my/teams', load: () => import('./TeamsPage'), messages: [messages], signedIn: true },
  { path: '/my/teams/new', load: () => import('./NewTeamPage'), messages: [messages], signedIn: true },
  { path: '/my/teams/:id', load: () => import('./TeamPage'), messages: [messages, entrant], signedIn: true },
  { path: '/admin/claims', load: () => import('./ClaimsPage'), messages: [messages], signedIn: true },
];
