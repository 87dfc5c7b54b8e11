// Fails when a catalogue lacks a key, a placeholder or a plural form in some language, or holds one too many.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const languages = ['en', 'es', 'ja'];
const faults = [];

/** Catalogues as { name, file(lang) }: one a feature, the shell's, and the problem texts by module. */
function catalogues() {
  const folders = ['src/app', ...readdirSync('src/features').map((name) => `src/features/${name}`)];
  const found = folders
    .map((folder) => join(folder, 'messages'))
    .filter(existsSync)
    .map((folder) => ({ name: folder, file: (lang) => join(folder, `${lang}.json`) }));
  const modules = new Set(readdirSync('src/api/problems').map((file) => file.split('.')[0]));
  for (const module of modules) {
    found.push({ name: `problems/${module}`, file: (lang) => `src/api/problems/${module}.${lang}.json` });
  }
  return found;
}

/** Placeholders and plural branches of a message, nested ones too. */
function shape(message) {
  const names = new Set();
  const plurals = [];
  let depth = 0;
  for (let at = 0; at < message.length; at++) {
    if (message[at] === '}') depth--;
    if (message[at] !== '{') continue;
    depth++;
    const [, name, kind] = /^\{\s*(\w+)\s*(?:,\s*(\w+)\s*,)?/.exec(message.slice(at)) ?? [];
    // A branch's own brace opens text; an argument's is followed by a name and a comma or the end.
    if (!name || !/^\{\s*\w+\s*[,}]/.test(message.slice(at))) continue;
    names.add(name);
    if (kind === 'plural') plurals.push(branches(message.slice(at)));
  }
  return { names: [...names].sort().join(), plurals, balanced: depth === 0 };
}

function branches(text) {
  const found = [];
  let depth = 0;
  let word = '';
  for (const char of text) {
    if (char === '{') {
      if (depth === 1)
        found.push(
          word
            .trim()
            .split(/[\s,]+/)
            .pop(),
        );
      depth++;
      word = '';
    } else if (char === '}') {
      if (--depth === 0) break;
      word = '';
    } else {
      word += char;
    }
  }
  return found;
}

for (const { name, file } of catalogues()) {
  const texts = {};
  for (const lang of languages) {
    if (existsSync(file(lang))) texts[lang] = JSON.parse(readFileSync(file(lang), 'utf8'));
    else faults.push(`${name}: no ${lang} catalogue`);
  }
  const keys = new Set(Object.values(texts).flatMap(Object.keys));
  for (const key of keys) {
    for (const [lang, messages] of Object.entries(texts)) {
      const message = messages[key];
      if (typeof message !== 'string' || message.trim() === '') {
        faults.push(`${name}: ${lang} lacks ${key}`);
        continue;
      }
      const { names, plurals, balanced } = shape(message);
      if (!balanced) faults.push(`${name}: ${lang} ${key}: braces do not match`);
      const english = texts.en?.[key];
      if (english && names !== shape(english).names) {
        faults.push(
          `${name}: ${lang} ${key}: placeholders (${names}) are not those of en (${shape(english).names})`,
        );
      }
      const wanted = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
      for (const plural of plurals) {
        for (const form of wanted) {
          if (!plural.includes(form)) faults.push(`${name}: ${lang} ${key}: no plural form "${form}"`);
        }
      }
    }
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
