import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/help', load: () => import('./HelpPage'), messages: [messages] },
  { path: '/accessibility', load: () => import('./AccessibilityPage'), messages: [messages] },
  { path: '/privacy', load: () => import('./PrivacyPage'), messages: [messages] },
];
