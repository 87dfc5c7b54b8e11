import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

// Read by the build and by the server alone.
const inside = /(?:manifest|preload)\.json$/;
const compressible = /\.(?:js|css|svg|json|txt|webmanifest)$/;

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

/**
 * Writes .br and .gz of every text asset: the server sends bytes and compresses nothing at run time. Of what
 * lies in assets/ the plain form goes, so that the program does not carry everything three times; a client
 * that takes no compression gets it from the .gz.
 */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'fieldtrial:precompress',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const path of [...files(folder)]) {
        if (!compressible.test(path) || inside.test(path)) continue;
        const body = readFileSync(path);
        const br = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
        const gz = gzipSync(body, { level: 9 });
        if (br.length < body.length) writeFileSync(`${path}.br`, br);
        if (gz.length >= body.length) continue;
        writeFileSync(`${path}.gz`, gz);
        if (path.startsWith(join(folder, 'assets'))) rmSync(path);
      }
    },
  };
}
