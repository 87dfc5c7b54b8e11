import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/my/entries/:id/panel',
    load: () => import('./PanelPage'),
    messages: [messages],
    signedIn: true,
  },
];
