import type { Route } from '~/routes/route';
import { messages } from './messages';

export const routes: Route[] = [
  { path: '/contests/:slug/gallery', load: () => import('./GalleryPage'), messages: [messages] },
];
