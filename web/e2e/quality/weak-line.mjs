import { createServer, request } from 'node:http';
import { freePort } from '../lib/server.mjs';

/**
 * A line to the server that breaks: a share of the PUTs of parts ends in a cut connection, in an error of the
 * store, or with its answer lost after the part has arrived. Everything else passes.
 *
 * @param {() => { url: string }} server known once it has started
 * @returns {Promise<{ url: string, share: number, parts: number, broken: number, close: () => void }>} share is set
 *   by the test, the numbers count parts that were tried and broken
 */
export async function weakLine(server) {
  const port = await freePort();
  const line = { url: `http://localhost:${port}`, share: 0, parts: 0, broken: 0 };
  const proxy = createServer((from, to) => {
    const part = from.method === 'PUT' && from.url.includes('partNumber=');
    if (part) line.parts++;
    const fate = part && Math.random() < line.share ? ['cut', 'refused', 'unheard'][line.broken++ % 3] : '';
    if (fate === 'refused') {
      from.resume();
      to.writeHead(503, { Connection: 'close' }).end();
      return;
    }
    const { hostname, port: behind } = new URL(server().url);
    const onward = request(
      { hostname, port: behind, method: from.method, path: from.url, headers: from.headers },
      (answer) => {
        if (fate === 'unheard') {
          answer.resume();
          answer.on('end', () => to.destroy());
          return;
        }
        to.writeHead(answer.statusCode, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    to.on('close', () => {
      if (!to.writableFinished) onward.destroy();
    });
    from.pipe(onward);
    if (fate === 'cut') {
      let seen = 0;
      from.on('data', (bytes) => {
        seen += bytes.length;
        if (seen > 1_000_000) {
          from.destroy();
          onward.destroy();
        }
      });
    }
  });
  await new Promise((ready) => proxy.listen(port, 'localhost', ready));
  line.close = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
  return line;
}
