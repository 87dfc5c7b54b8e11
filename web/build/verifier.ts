import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const folder = fileURLToPath(new URL('../src/verifier/', import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The verifier as one classic script: a page that was saved to disk may load no module. */
async function script(): Promise<string> {
  const out = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      lib: { entry: join(folder, 'page.ts'), formats: ['iife'], name: 'verifier', fileName: 'verify' },
    },
  });
  const [first] = Array.isArray(out) ? out : [out];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the verifier gave no script');
  if (chunk.code.includes('</script')) throw new Error('the verifier cannot stand in a page');
  return chunk.code.trim();
}

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const languages = ['en', 'es', 'ja'];

/** The page with its words in every language; CSS shows one of them. */
function page(): string {
  const words: Record<string, string[]> = JSON.parse(read('words.json'));
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const spans = (key: string) => {
    const texts = words[key];
    if (texts?.length !== languages.length) throw new Error(`verifier: no words for ${key}`);
    return texts.map((text, i) => `<span lang="${languages[i]}">${escaped(text)}</span>`).join('');
  };
  const list = Object.keys(words).map((key) => `<p id="w-${key}">${spans(key)}</p>`);
  return read('page.html')
    .replace('<!--words-->', list.join('\n      '))
    .replaceAll(/\{\{([\w-]+)\}\}/g, (_, key: string) => spans(key));
}

/**
 * Writes verify/: the page as it is served, with its script and sheet beside it, and the same page as one
 * file to be kept, which works without a connection.
 */
export function verifier(): Plugin {
  let out = '';
  return {
    name: 'fieldtrial:verifier',
    apply: 'build',
    configResolved(config) {
      out = join(config.build.outDir, 'verify');
    },
    // Not closeBundle: what is written here is compressed there.
    async writeBundle() {
      const [html, code, css] = [page(), await script(), read('page.css')];
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, 'verify.js'), code);
      writeFileSync(join(out, 'verify.css'), css);
      const served = html
        .replace(
          '<!--style-->',
          '<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/verify/verify.css">',
        )
        .replace('<!--script-->', '<script src="/verify/verify.js" defer></script>');
      const policy = `default-src 'none'; script-src '${hash(code)}'; style-src '${hash(css)}'`;
      const saved = html
        .replace(/<!--saved-->.*<!--\/saved-->/s, '')
        .replaceAll(/ href="\/"/g, '')
        .replace('<!--head-->', `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace('<!--style-->', () => `<style>${css}</style>`)
        .replace('<!--script-->', () => `<script>${code}</script>`);
      writeFileSync(join(out, 'index.html'), served);
      writeFileSync(join(out, 'fieldtrial-verify.html'), saved);
    },
  };
}
