import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { fontPreload } from './build/font-preload.ts';
import { noMutations } from './build/no-mutations.ts';
import { precompress } from './build/precompress.ts';
import { routePreloads } from './build/route-preloads.ts';
import { serviceWorker } from './build/service-worker.ts';
import { themeScript } from './build/theme-script.ts';
import { verifier } from './build/verifier.ts';

// Where `npm run dev` finds the API; the built page is served by the Go binary and needs none of this.
// The Host header stays the browser's: the server compares it with Origin before it touches a session.
const api = { target: process.env.FIELDTRIAL_API ?? 'http://localhost:8080', changeOrigin: false };

const libraries = /node_modules\/(?:preact|@tanstack|openapi-fetch|wouter-preact|regexparam)\//;
const shell = /src\/(?:app|routes|i18n)\/[\w-]+\.tsx?$|src\/api\/[\w-]+\.ts$/;
// The part of the kit that nearly every page shows.
const kit =
  /components\/(?:Button|LinkButton|Page|PageTitle|Field|TextInput|Select|Rows|Tag|Notice|CityMark|When|EmptyState|ErrorState|Loading|QueryView|ShowMore|LiveRegion)\.tsx$/;
// The table of all pages but the first visitors', with the loaders of their words.
const tables = /src\/routes\/rest\.ts$|features\/(?!contest\/)[\w-]+\/(?:routes|messages)\.ts$/;
const isCore = (id: string) =>
  (libraries.test(id) || shell.test(id) || kit.test(id)) &&
  !/[mM]utationObserver|useMutation|problem-texts|routes\/rest/.test(id);

const tests = 'src/**/*.test.{ts,tsx}';
const alone = 'src/**/*.alone.test.{ts,tsx}';

export default defineConfig({
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  json: { namedExports: false },
  plugins: [
    themeScript(),
    fontPreload(),
    noMutations(),
    routePreloads(),
    serviceWorker(),
    verifier(),
    precompress(),
  ],
  build: {
    // dist/ itself holds one committed file, so that the Go embed always finds the folder.
    outDir: 'dist/app',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The server names what a page needs (preload.json); a helper in every import would cost 1 KB.
    modulePreload: false,
    manifest: 'manifest.json',
    // One sheet for all pages: it is small, and no page waits for a second one or flashes unstyled.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // The tables of pages and texts name some two hundred files: every letter of a name counts.
        chunkFileNames: 'assets/[hash].js',
        // What every page needs comes as one file: it compresses better than a dozen small ones.
        codeSplitting: {
          groups: [
            { name: 'core', test: isCore },
            { name: 'rest', test: tables },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': api, '/files': api, '/dev': api } },
  preview: { port: 4173, proxy: { '/api': api, '/files': api } },
  test: {
    environment: 'happy-dom',
    // The first import of a page compiles it; a slow machine is no fault of the page.
    testTimeout: 60_000,
    setupFiles: ['src/test/setup.ts'],
    // Proves that formatters take the zone they are told, not the machine's.
    env: { TZ: 'America/New_York' },
    // One environment for all is five times as fast; a file that replaces a module or leaves the page needs its own.
    projects: [
      { extends: true, test: { name: 'shared', isolate: false, include: [tests], exclude: [alone] } },
      { extends: true, test: { name: 'alone', include: [alone] } },
    ],
  },
});
