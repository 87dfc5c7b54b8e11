import { lasting } from '~/lib/storage';
import type { Route } from '~/routes/route';
import { messages } from './messages';

// A juror has something in this browser, to be sent or to be forgotten: whatever page is in front.
if (lasting.get('ft.along')) void import('./along').then((along) => along.start());

export const routes: Route[] = [
  { path: '/jury', load: () => import('./OverviewPage'), messages: [messages], signedIn: true },
  {
    path: '/jury/challenges/:id/conflicts',
    load: () => import('./DeclarePage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/jury/:assignment',
    load: () => import('./CockpitPage'),
    messages: [messages],
    signedIn: true,
    wide: true,
  },
];
