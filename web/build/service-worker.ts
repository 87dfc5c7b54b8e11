import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
};

// What the jury's pages may load while they are open; the rest of the program stays on the server.
const roots = /^(?:index\.html|src\/routes\/rest\.ts|src\/features\/(?:jury|along)\/.*)$/;
const later =
  /^src\/(?:features\/(?:along|jury|overtaken|question)\/|app\/messages\/|i18n\/words\/|api\/problem-texts|api\/problems\/(?:request|field|jury|auth)\.)|^src\/features\/(?:along|jury|overtaken|question)\/messages\//;

const filesOf = ({ file, css = [], assets = [] }: Chunk) => [file, ...css, ...assets];

/** What comes with a chunk: always, and while the jury works. */
const following = ({ imports = [], dynamicImports = [] }: Chunk) => [
  ...imports,
  ...dynamicImports.filter((key) => later.test(key)),
];

function closure(manifest: Record<string, Chunk>): string[] {
  const found = new Map<string, Chunk>();
  const queue = Object.keys(manifest).filter((key) => roots.test(key) || later.test(key));
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const chunk = manifest[key];
    if (!chunk || found.has(key)) continue;
    found.set(key, chunk);
    queue.push(...following(chunk));
  }
  return [...found.values()].flatMap(filesOf);
}

/** Writes sw.js: the worker that shows the jury's pages without a connection, with the list of their files. */
export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'fieldtrial:service-worker',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      order: 'pre',
      handler() {
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
        const index = readFileSync(join(folder, 'index.html'), 'utf8');
        // What the page itself names: the theme's script, the font and the style sheet.
        const named = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
        const files = [...new Set([...closure(manifest), ...named])].sort();
        const source = readFileSync('src/sw/sw.js', 'utf8');
        const version = createHash('sha256').update(source).update(index).update(files.join()).digest('hex');
        writeFileSync(
          join(folder, 'sw.js'),
          source.replace('__VERSION__', version.slice(0, 12)).replace('__FILES__', JSON.stringify(files)),
        );
      },
    },
  };
}
