import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/admin/cities', load: () => import('./CitiesPage'), messages: [messages], signedIn: true },
  { path: '/admin/cities/new', load: () => import('./AddCityPage'), messages: [messages], signedIn: true },
  { path: '/admin/cities/:slug', load: () => import('./CityPage'), messages: [messages], signedIn: true },
  {
    path: '/admin/cities/:slug/testbeds/new',
    load: () => import('./NewTestbedPage'),
    messages: [messages],
    signedIn: true,
  },
  {
    path: '/admin/cities/:slug/testbeds/:id',
    load: () => import('./TestbedPage'),
    messages: [messages],
    signedIn: true,
  },
];
