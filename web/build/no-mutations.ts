import type { Plugin } from 'vite';

// The query client keeps a cache of mutations, 1.3 KB gzipped, that nothing here uses: writes are plain
// async functions. This one is always empty.
const empty = `export class MutationCache {
  clear() {}
  find() {}
  findAll() { return []; }
  getAll() { return []; }
  resumePausedMutations() { return Promise.resolve(); }
}`;

/** Leaves the mutation cache of the query library out of the built page; biome.json forbids what needs it. */
export function noMutations(): Plugin {
  const id = '\0fieldtrial:no-mutations';
  return {
    name: 'fieldtrial:no-mutations',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const asked =
        source === './mutationCache.js' && /query-core\/.*\/queryClient\.js$/.test(importer ?? '');
      return asked ? id : undefined;
    },
    load: (asked) => (asked === id ? empty : undefined),
  };
}
