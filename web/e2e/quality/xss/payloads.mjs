import { existsSync, readFileSync } from 'node:fs';

/** Payloads that aim at what this product does with text: Markdown, links, tables, titles, exports. */
const own = [
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox(1))',
  '[x](//elsewhere.example/x)',
  '[x](https://example.org/" onmouseover="alert(1))',
  '[x](<https://example.org/" onmouseover="alert(1)>)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '![x](x" onerror="alert(1))',
  '![x](https://elsewhere.example/x.png)',
  '![<img src=x onerror=alert(1)>](x.png)',
  '[![x](x)](javascript:alert(1))',
  '`<img src=x onerror=alert(1)>`',
  '```"><img src=x onerror=alert(1)>\nx\n```',
  '    <script>alert(1)</script>',
  '| <img src=x onerror=alert(1)> | b |\n|---|---|\n| [x](javascript:alert(1)) | <svg onload=alert(1)> |',
  '# <img src=x onerror=alert(1)> {#x onclick=alert(1)}',
  '> <script>alert(1)</script>',
  '- <details open ontoggle=alert(1)>',
  '**<svg/onload=alert(1)>**',
  'https://example.org/<script>alert(1)</script>',
  'x@example.org"><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#x3C;img src=x onerror=alert(1)&#x3E;',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '"><iframe srcdoc="<script>parent.alert(1)</script>">',
  "'-alert(1)-'",
  '#{alert(1)}{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)//',
  'javascript://example.org/%0aalert(1)',
  '=HYPERLINK("javascript:alert(1)","x")',
];

const shared = new URL('../../../../../shared/data/real/xss_corpus.json', import.meta.url);

/** Every payload: those of our own, and the shared corpus where it lies beside the repository. */
export function payloads() {
  if (!existsSync(shared)) {
    console.error(`${shared.pathname} is not here: ${own.length} payloads of our own only`);
    return own;
  }
  const corpus = JSON.parse(readFileSync(shared, 'utf8')).map(({ payload }) => payload);
  return [...corpus, ...own].map((each) => each.replaceAll('\0', ''));
}

// What ends every kind of HTML block that would otherwise swallow the payloads after it.
const end = '\n</script></style></pre></textarea>-->?>]]>\n';

/** All payloads in one text; after each a word that shows that it was read up to there. */
export function together(all) {
  return all.map((each, n) => `${each}${end}\n\nxss${n}end\n\n`).join('');
}

/** Those that fit a line. */
export function lines(all) {
  return all.filter((each) => each.length <= 120 && !each.includes('\n'));
}
