import { messages as entrant } from '~/features/entrant/messages';
import { messages as extras } from '~/features/extras/messages';
import { messages as question } from '~/features/question/messages';
import { messages as team } from '~/features/team/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  {
    path: '/challenges/:slug/enter',
    load: () => import('./EnterPage'),
    messages: [messages, team],
    signedIn: true,
  },
  { path: '/my/entries', load: () => import('./EntriesPage'), messages: [messages, entrant], signedIn: true },
  {
    path: '/my/entries/:id',
    load: () => import('./EntryPage'),
    messages: [messages, entrant, extras],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/edit/:section',
    load: () => import('./SectionPage'),
    messages: [messages, question],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/check',
    load: () => import('./CheckPage'),
    messages: [messages, question, entrant, extras],
    signedIn: true,
  },
  {
    path: '/my/entries/:id/submitted',
    load: () => import('./SubmittedPage'),
    messages: [messages],
    signedIn: true,
  },
];
