import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

// What visitors download of the built page, gzipped, in KB (1024 bytes).

const root = new URL('../dist/app/', import.meta.url);
const read = (file) => readFileSync(new URL(file, root));

const sizes = new Map();
function gz(file) {
  // The build has compressed what gets smaller by it.
  const packed = existsSync(new URL(`${file}.gz`, root))
    ? read(`${file}.gz`)
    : gzipSync(read(file), { level: 9 });
  if (!sizes.has(file)) sizes.set(file, packed.length / 1024);
  return sizes.get(file);
}
const sum = (files) => [...new Set(files)].reduce((total, file) => total + gz(file), 0);

const preloads = JSON.parse(read('preload.json').toString());
const html = read('index.html').toString();
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
const assets = [
  ...new Set(readdirSync(new URL('assets/', root)).map((file) => file.replace(/\.(?:gz|br)$/, ''))),
];

/** Paths of all routes. */
export const paths = preloads.map((each) => each.path);

/**
 * The scripts of a page: what index.html loads, its chunks, and its catalogues in the longest language.
 * Chunks that a page fetches later, such as the uploader, are not among them. Undefined: no such route.
 */
export function scriptsOf(path) {
  const found = preloads.find((each) => each.path === path);
  if (!found) return undefined;
  return Math.max(
    ...Object.values(found.messages).map((messages) => sum([...first, ...found.files, ...messages])),
  );
}

/** The largest chunk that is fetched on demand. */
export function largestLazy() {
  const manifest = JSON.parse(readFileSync(new URL('../.vite/manifest.json', import.meta.url), 'utf8'));
  const lazy = Object.values(manifest).filter((chunk) => chunk.isDynamicEntry && chunk.file.endsWith('.js'));
  return Math.max(0, ...lazy.map((chunk) => gz(chunk.file)));
}

/** All style sheets together, those of single pages as well. */
export function styles() {
  return sum(assets.filter((file) => file.endsWith('.css')).map((file) => `assets/${file}`));
}

/** All fonts; they are compressed already. */
export function fonts() {
  const files = assets.filter((file) => file.endsWith('.woff2'));
  return files.reduce((total, file) => total + read(`assets/${file}`).length / 1024, 0);
}

/** The verifier's own script, which must stay small enough to be read. */
export const verifier = () => gz('verify/verify.js');

/** Figures with a bar of their own: name, route, the most it may be. */
export const named = [
  ['landing_js_kb', '/', 35],
  ['challenge_js_kb', '/challenges/:slug', 40],
  ['submit_js_kb', '/my/entries/:id/edit/:section', 50],
  ['jury_js_kb', '/jury/:assignment', 50],
];
