import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = { file: string; css?: string[]; imports?: string[] };
type Preload = { path: string; files: string[]; messages: Record<string, string[]> };

const languages = ['en', 'es', 'ja'];
const entry = /path:\s*'([^']+)',\s*load:\s*\(\)\s*=>\s*import\('\.\/([^']+)'\),\s*messages:\s*\[([^\]]*)\]/g;
const borrowed = /import \{ messages as (\w+) \} from '~\/features\/([\w-]+)\/messages'/g;

// The scripts that a page needs beyond the entry, which index.html loads by itself.
function scripts(manifest: Record<string, Chunk>, key: string, seen = new Set<string>()): string[] {
  const chunk = manifest[key];
  if (!chunk || seen.has(key) || key === 'index.html') return [];
  seen.add(key);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((next) => scripts(manifest, next, seen))];
}

/**
 * Writes preload.json: for each route its chunks and catalogues. The Go server turns it into
 * modulepreload links, so that a page's code arrives in one round trip instead of three.
 */
export function routePreloads(): Plugin {
  let folder = '';
  return {
    name: 'fieldtrial:route-preloads',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      order: 'pre',
      handler() {
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
        const preloads: Preload[] = [];
        for (const feature of readdirSync('src/features')) {
          const table = `src/features/${feature}/routes.ts`;
          if (!existsSync(table)) continue;
          const source = readFileSync(table, 'utf8');
          const owner = new Map([...source.matchAll(borrowed)].map(([, name, from]) => [name, from]));
          for (const [, path, file, names] of source.matchAll(entry)) {
            const catalogues = (names ?? '').split(',').map((name) => owner.get(name.trim()) ?? feature);
            const messages = Object.fromEntries(
              languages.map((lang) => [
                lang,
                [
                  'app/messages',
                  ...(catalogues.every((name) => name === 'contest') ? [] : ['i18n/words']),
                  ...catalogues.map((name) => `features/${name}/messages`),
                ].flatMap((at) =>
                  scripts(manifest, `src/${at}/${lang}.${at === 'i18n/words' ? 'ts' : 'json'}`),
                ),
              ]),
            );
            preloads.push({
              path: path ?? '',
              files: [
                // The table that names the page comes first.
                ...(feature === 'contest' ? [] : scripts(manifest, 'src/routes/rest.ts')),
                ...scripts(manifest, `src/features/${feature}/${file}.tsx`),
              ],
              messages,
            });
          }
        }
        writeFileSync(join(folder, 'preload.json'), JSON.stringify(preloads));
      },
    },
  };
}
