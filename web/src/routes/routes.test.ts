import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routes as contest } from '~/features/contest/routes';
import { findRoute } from '.';
import { routes as rest } from './rest';

const routes = [...contest, ...rest];

// build/route-preloads.ts reads the tables as text: a route written in another way would load slowly, unnoticed.
it('the build finds every route', () => {
  const found = readdirSync('src/features').flatMap((feature) => {
    const table = `src/features/${feature}/routes.ts`;
    if (!existsSync(table)) return [];
    const source = readFileSync(table, 'utf8');
    return [...source.matchAll(/path:\s*'([^']+)',\s*load:\s*\(\)\s*=>\s*import\('\.\/([^']+)'\)/g)].map(
      (m) => m[1],
    );
  });
  expect(found.sort()).toEqual(routes.map((route) => route.path).sort());
});

it('every page loads', async () => {
  for (const route of routes) expect((await route.load()).default, route.path).toBeTypeOf('function');
});

it('finds pages of both tables', async () => {
  expect((await findRoute('/ja/challenges/river'))?.route.path).toBe('/challenges/:slug');
  expect((await findRoute('/es/challenges/river/enter'))?.route.path).toBe('/challenges/:slug/enter');
  expect(await findRoute('/nowhere')).toBeUndefined();
});
