import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

// Runs before the first paint, so it is a classic blocking script of its own: a chosen theme never flashes
// in the other one, and the CSP needs no inline exception.
const source = `try{var t=localStorage.getItem('ft.theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

/** Emits the theme script as a hashed asset and puts it at the head of index.html. */
export function themeScript(): Plugin {
  const name = `assets/theme-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
  let serving = false;
  return {
    name: 'fieldtrial:theme-script',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    configureServer(server) {
      server.middlewares.use(`/${name}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(source);
      });
    },
    generateBundle() {
      if (!serving) this.emitFile({ type: 'asset', fileName: name, source });
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${name}` }, injectTo: 'head-prepend' }],
  };
}
