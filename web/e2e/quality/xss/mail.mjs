import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HTML of every mail that the embedded mailbox holds. */
export function mailsAsHtml(server) {
  const folder = join(server.data, 'mailbox');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .flatMap((name) => htmlOf(readFileSync(join(folder, name), 'latin1')));
}

function htmlOf(raw) {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const body = rest.join('\r\n\r\n');
  const boundary = head.match(/boundary="?([^";\r\n]+)/i)?.[1];
  if (boundary) {
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => htmlOf(part.replace(/^\r?\n/, '')));
  }
  if (!/content-type:\s*text\/html/i.test(head)) return [];
  const bytes = /base64/i.test(head) ? Buffer.from(body, 'base64') : Buffer.from(quoted(body), 'latin1');
  return [bytes.toString('utf8')];
}

function quoted(text) {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
