// With `require-trusted-types-for 'script'` the browser takes HTML and worker URLs from these two
// policies alone. TypeScript's DOM types do not know the API yet.
type Policy = { createHTML(html: string): string; createScriptURL(url: string): string };
type Factory = { createPolicy(name: string, rules: Partial<Policy>): Policy };

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

const htmlRules = { createHTML: (html: string) => html };
const html = factory?.createPolicy('fieldtrial-html', htmlRules) ?? htmlRules;

const workerRules = {
  createScriptURL(url: string) {
    if (new URL(url, location.href).origin !== location.origin) {
      throw new TypeError(`A worker must come from this site: ${url}`);
    }
    return url;
  },
};
const worker = factory?.createPolicy('fieldtrial-url', workerRules) ?? workerRules;

/** HTML that the server rendered from Markdown and sanitised. Never pass anything else. */
export function serverHtml(rendered: string): string {
  return html.createHTML(rendered);
}

/** The URL of a worker of this site: `new Worker(workerUrl(url), { type: 'module' })`. */
export function workerUrl(url: string): string {
  return worker.createScriptURL(url);
}
