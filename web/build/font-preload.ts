import type { Plugin } from 'vite';

/**
 * Names the font in index.html, so that it arrives beside the scripts. Found only in the style sheet it
 * would come after the first text, and the text would jump.
 */
export function fontPreload(): Plugin {
  return {
    name: 'fieldtrial:font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}
