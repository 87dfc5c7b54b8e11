import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = { file: string; css?: string[]; imports?: string[] };
type Preload = { path: string; files: string[]; messages: Record<string, string[]> };

const languages = ['en', 'es', 'ja'];
const entry = /path:\s*'([^']+)',\s*load:\s*\(\)\s*=>\s*import\('\.\/([^']+)'\)/g;

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
          const messages = Object.fromEntries(
            languages.map((lang) => [
              lang,
              ['app', feature].flatMap((name) =>
                scripts(manifest, `src/${name === 'app' ? '' : 'features/'}${name}/messages/${lang}.json`),
              ),
            ]),
          );
          for (const [, path, file] of readFileSync(table, 'utf8').matchAll(entry)) {
            preloads.push({
              path: path ?? '',
              files: scripts(manifest, `src/features/${feature}/${file}.tsx`),
              messages,
            });
          }
        }
        writeFileSync(join(folder, 'preload.json'), JSON.stringify(preloads));
      },
    },
  };
}
