import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/', load: () => import('./LandingPage'), messages: [messages] },
  { path: '/challenges', load: () => import('./ChallengesPage'), messages: [messages] },
  { path: '/challenges/:slug', load: () => import('./ChallengePage'), messages: [messages] },
];
