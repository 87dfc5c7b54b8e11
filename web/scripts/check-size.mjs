// Reads dist/app and prints what a visitor downloads, gzipped; fails above the bars.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = 'dist/app/';
const preloads = JSON.parse(readFileSync(`${root}preload.json`, 'utf8'));
const manifest = JSON.parse(readFileSync(`${root}manifest.json`, 'utf8'));
const html = readFileSync(`${root}index.html`, 'utf8');

const sizes = new Map();
function gz(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(root + file), { level: 9 }).length / 1024);
  return sizes.get(file);
}
const sum = (files) => [...new Set(files)].reduce((total, file) => total + gz(file), 0);

const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);

/** The scripts of a page: what index.html loads, its chunks, and its catalogues in the longest language. */
function page(path) {
  const found = preloads.find((each) => each.path === path);
  if (!found) return undefined;
  return Math.max(
    ...Object.values(found.messages).map((messages) => sum([...first, ...found.files, ...messages])),
  );
}

let failed = false;
function figure(name, value, bar) {
  console.log(`figure ${name} = ${value.toFixed(1)} KB`);
  if (value > bar) {
    failed = true;
    console.error(`${name} is ${value.toFixed(1)} KB; the bar is ${bar} KB`);
  }
}

const named = [
  ['landing_js_kb', '/', 35],
  ['challenge_js_kb', '/challenges/:slug', 40],
  ['submit_js_kb', '/my/entries/:id', 50],
  ['jury_js_kb', '/jury/:entry', 50],
];
for (const [name, path, bar] of named) {
  const size = page(path);
  if (size !== undefined) figure(name, size, bar);
}
// Every other page stays within the widest bar.
for (const { path } of preloads) {
  if (!named.some((each) => each[1] === path) && page(path) > 50) {
    failed = true;
    console.error(`${path} loads ${page(path).toFixed(1)} KB of scripts; the bar is 50 KB`);
  }
}

const assets = readdirSync(`${root}assets`);
const lazy = Object.values(manifest)
  .filter((chunk) => chunk.isDynamicEntry && chunk.file.endsWith('.js'))
  .map((chunk) => gz(chunk.file));
figure('largest_lazy_chunk_kb', Math.max(0, ...lazy), 30);
figure('css_kb', sum(assets.filter((file) => file.endsWith('.css')).map((file) => `assets/${file}`)), 12);
// Fonts are compressed already.
const fonts = assets.filter((file) => file.endsWith('.woff2'));
figure(
  'fonts_kb',
  fonts.reduce((total, file) => total + readFileSync(`${root}assets/${file}`).length / 1024, 0),
  35,
);
if (failed) process.exit(1);
