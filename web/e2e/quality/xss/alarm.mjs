/**
 * Hears of everything that foreign script or markup could do in the pages of a context: dialogs, calls of what
 * the payloads call, refusals of the content security policy, requests to other sites, attributes that would
 * run script, links that are neither http nor mail.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} origin the site's own
 * @returns {Promise<{ fired: string[], look: (page: import('playwright-core').Page, name: string) => Promise<void> }>}
 *   look searches what a page shows now
 */
export async function alarm(context, origin) {
  const fired = [];
  let where = '';
  await context.exposeBinding('xssFired', ({ frame }, what) =>
    fired.push(`${where}: ${what} in ${frame.url()}`),
  );
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print']) {
      window[name] = () => window.xssFired(`${name}()`);
    }
    document.addEventListener('securitypolicyviolation', (event) =>
      window.xssFired(`the policy refused ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
    );
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      fired.push(`${where}: a dialog says ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?|ftp):$/.test(url.protocol) && url.origin !== origin)
      fired.push(`${where}: a request to ${url.origin}`);
  });
  const look = async (page, name) => {
    where = name;
    for (const frame of page.frames()) {
      const found = await frame.evaluate(suspicious).catch(() => []);
      fired.push(...found.map((each) => `${name}: ${each}`));
    }
  };
  return { fired, look };
}

/** Runs in the page. */
function suspicious() {
  const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcdoc', 'data'];
  const foreign = ['object', 'embed', 'base', 'applet', 'math', 'marquee', 'frameset'];
  // What the record offers to save: never shown, and of a kind that runs nowhere.
  const saved = /^data:(?:application\/octet-stream|text\/plain;charset=utf-8),[\w%.~!*'()-]*$/;
  const bad = ({ name, value, ownerElement }) => {
    if (name.startsWith('on')) return true;
    if (name === 'href' && ownerElement.hasAttribute('download') && saved.test(value)) return false;
    if (!addresses.includes(name) || value.startsWith('data:image/')) return false;
    return !/^(https?|mailto|blob|tel):$/.test(new URL(value, document.baseURI).protocol);
  };
  const out = [];
  for (const element of document.querySelectorAll('*')) {
    for (const each of element.attributes)
      if (bad(each)) out.push(`<${element.localName} ${each.name}="${each.value.slice(0, 60)}">`);
    const framed = element.localName === 'iframe' && new URL(element.src, location.href);
    if (foreign.includes(element.localName) || (framed && framed.origin !== location.origin))
      out.push(`<${element.localName}>`);
  }
  return out;
}
