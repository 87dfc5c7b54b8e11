// Shows the jury's pages without a connection. A juror asks for it with "Take along"; nobody else gets it. It
// keeps this program's own files, which are the same for everyone, and shows the PDFs that the page has put aside;
// it never keeps an answer of the server. A new version of the program brings a new worker with new files.
const version = '__VERSION__';
const files = __FILES__;
const pages = ['/jury', '/es/jury', '/ja/jury'];
const shell = `ft-shell-${version}`;
const aside = 'ft-along';

addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(shell);
    await cache.addAll([
      ...files.map((file) => `/${file}`),
      ...pages.map((page) => new Request(page, { cache: 'reload' })),
    ]);
    // The page of a portal in between is not ours.
    for (const page of pages) {
      const text = await (await cache.match(page)).text();
      if (!text.includes('id="app"')) throw new TypeError(`${page} is not the program`);
    }
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('ft-shell-') && name !== shell) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const jury = /^(\/es|\/ja)?\/jury(\/|$)/.exec(pathname);
  if (pathname.startsWith('/along/')) event.respondWith(document(pathname));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (request.mode === 'navigate' && jury) event.respondWith(page(request, `${jury[1] ?? ''}/jury`));
});

async function page(request, kept) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch {
    // No connection: what was taken along.
  }
  return (await caches.match(kept, { cacheName: shell, ignoreVary: true })) ?? Response.error();
}

async function asset(request) {
  return (await caches.match(request, { cacheName: shell, ignoreVary: true })) ?? fetch(request);
}

async function document(pathname) {
  const cache = await caches.open(aside);
  const found = await cache.match(pathname);
  if (found && Number(found.headers.get('X-Until')) > Date.now()) return found;
  if (found) await cache.delete(pathname);
  return new Response('', { status: 404 });
}
