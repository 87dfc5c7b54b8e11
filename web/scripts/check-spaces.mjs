// Fails where a half-width space would follow Japanese full-width punctuation, which brings its own: in a message,
// or in a component behind one. Where words and what follows them need a space in other languages, it stands at
// the end of their messages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const faults = [];
const wide = /[：；、。，．？！]}*$/;
const files = readdirSync('src', { recursive: true }).map((name) => join('src', name));
const catalogues = new Map();

for (const file of files.filter((name) => /(?:messages\/|problems\/\w+\.)ja\.json$/.test(name))) {
  const messages = JSON.parse(readFileSync(file, 'utf8'));
  catalogues.set(dirname(file), messages);
  for (const [key, text] of Object.entries(messages))
    if (/[：；、。，．？！] /.test(text))
      faults.push(`${file}: ${key}: a space after full-width punctuation`);
}

/** The folder of the messages that a file imports from there. */
const folderOf = (file, from) =>
  from.startsWith('~/') ? join('src', from.slice(2)) : join(dirname(file), from);

for (const file of files.filter((name) => name.endsWith('.tsx') && !name.includes('.test.'))) {
  const source = readFileSync(file, 'utf8');
  const own = [...source.matchAll(/from '([^']*messages)'/g)]
    .map(([, from]) => folderOf(file, from))
    .filter((folder) => existsSync(folder));
  // {t('key')} and a space that shows; a space before the next attribute does not.
  const shown = /\bt\(\s*'([^']+)'(?:[^()]|\([^()]*\))*\)\}(?:\{' '\}| +(?![\w-]+[=\s/>]|\/?>))(?=\S|\n)/g;
  for (const { 1: key, index } of source.matchAll(shown))
    if (own.some((folder) => wide.test(catalogues.get(folder)?.[key] ?? '')))
      faults.push(
        `${file}:${source.slice(0, index).split('\n').length}: ${key} ends with full-width punctuation in ja; the space belongs at the end of the en and es messages`,
      );
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
