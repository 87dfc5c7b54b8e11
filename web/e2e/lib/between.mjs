import { createServer, request } from 'node:http';

/**
 * Stands between the browser and a server, as the way there does, at an origin of its own.
 *
 * @param {{ url: string }} server
 * @returns {Promise<{ url: string, version: string, expired: boolean, refreshed: number, stop: () => void }>}
 *   version, once set: there is another version of the program, which marks its pages with it; expired: the server
 *   finds every access token expired until the next one is given out; refreshed counts those
 */
export async function between(server) {
  const way = { version: '', expired: false, refreshed: 0 };
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers };
    delete headers['accept-encoding'];
    if (asked.url === '/api/v1/auth/refresh') {
      way.expired = false;
      way.refreshed++;
    } else if (way.expired && headers.authorization) headers.authorization = 'Bearer expired';
    const onward = request(`${server.url}${asked.url}`, { method: asked.method, headers }, (found) =>
      reply(way, asked, found, answer),
    );
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, 'localhost', resolve));
  way.url = `http://localhost:${proxy.address().port}`;
  way.stop = () => {
    proxy.close();
    proxy.closeAllConnections();
  };
  return way;
}

function reply(way, asked, found, answer) {
  const page = /html/.test(`${found.headers['content-type']}`);
  if (!way.version || !(page || asked.url === '/sw.js')) {
    answer.writeHead(found.statusCode, found.headers);
    found.pipe(answer);
    return;
  }
  const { 'content-length': _, ...headers } = found.headers;
  let text = '';
  found.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  found.on('end', () => {
    answer.writeHead(found.statusCode, headers);
    answer.end(
      text
        .replace(/const version = '\w+'/, `const version = '${way.version}'`)
        .replace('<html', `<html data-version="${way.version}"`),
    );
  });
}
