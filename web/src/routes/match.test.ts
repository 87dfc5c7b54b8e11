import { expect, it } from 'vitest';
import { matchRoute } from './match';
import type { Route } from './route';

const route = (path: string): Route => ({ path, load: async () => ({ default: () => null }), messages: [] });
const table = [route('/'), route('/my/entries'), route('/my/entries/:id'), route('/files/*')];

it.each([
  ['/', '/', {}],
  ['/my/entries', '/my/entries', {}],
  ['/my/entries/', '/my/entries', {}],
  ['/my/entries/a%20b', '/my/entries/:id', { id: 'a b' }],
  ['/my/entries/%zz', '/my/entries/:id', { id: '%zz' }],
  ['/files/a/b', '/files/*', { rest: 'a/b' }],
])('%s', (path, pattern, params) => {
  const match = matchRoute(table, path);
  expect(match?.route.path).toBe(pattern);
  expect(match?.params).toEqual(params);
});

it('finds nothing where nothing fits', () => {
  expect(matchRoute(table, '/my')).toBeUndefined();
  expect(matchRoute(table, '/my/entries/1/2')).toBeUndefined();
});
