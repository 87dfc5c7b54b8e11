import { messages as contest } from '~/features/contest/messages';
import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/manage/challenges', load: () => import('./ListPage'), messages: [messages], signedIn: true },
  { path: '/manage/challenges/new', load: () => import('./StartPage'), messages: [messages], signedIn: true },
  {
    path: '/manage/challenges/:id',
    load: () => import('./OverviewPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/text',
    load: () => import('./TextPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/criteria',
    load: () => import('./CriteriaPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/settings',
    load: () => import('./SettingsPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/eligibility',
    load: () => import('./EligibilityPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/review',
    load: () => import('./ReviewPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/terms',
    load: () => import('./TermsPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/approval-sheet',
    load: () => import('./SheetPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/manage/challenges/:id/preview',
    load: () => import('./PreviewPage'),
    messages: [messages, contest],
    signedIn: true,
  },
  {
    path: '/manage/translations',
    load: () => import('./TranslationsPage'),
    messages: [messages],
    signedIn: true,
  },
];
