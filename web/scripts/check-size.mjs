// Prints what visitors download of the built page; fails above the bars.
import { fonts, largestLazy, named, paths, scriptsOf, styles, verifier } from './sizes.mjs';

let failed = false;
function fail(text) {
  failed = true;
  console.error(text);
}
function figure(name, value, bar) {
  console.log(`figure ${name} = ${value.toFixed(1)} KB`);
  if (value > bar) fail(`${name} is ${value.toFixed(1)} KB; the bar is ${bar} KB`);
}

for (const [name, path, bar] of named) {
  const size = scriptsOf(path);
  if (size === undefined) fail(`${name}: there is no route ${path}`);
  else figure(name, size, bar);
}
// Every other page stays within the widest bar.
for (const path of paths) {
  if (scriptsOf(path) > 50)
    fail(`${path} loads ${scriptsOf(path).toFixed(1)} KB of scripts; the bar is 50 KB`);
}
figure('largest_lazy_chunk_kb', largestLazy(), 30);
figure('css_kb', styles(), 12);
figure('fonts_kb', fonts(), 35);
figure('verifier_js_kb', verifier(), 4);
if (failed) process.exit(1);
