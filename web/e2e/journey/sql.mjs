import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/**
 * Runs one statement on the embedded database as its owner: the journey moves a deadline that nobody could
 * wait for. Speaks the simple query protocol, so that no client is needed; gives the rows as text.
 *
 * @param {{ data: string }} server
 * @param {string} statement
 * @returns {Promise<string[][]>}
 */
export async function sql(server, statement) {
  const { ownerUrl } = JSON.parse(readFileSync(join(server.data, 'postgres/running.json'), 'utf8'));
  // An address without a host: the folder of the socket stands in the query.
  const url = new URL(ownerUrl.replace('@/', '@socket/'));
  const folder = url.searchParams.get('host');
  const socket = connect(join(folder, `.s.PGSQL.${url.searchParams.get('port') ?? 5432}`));
  const connection = new Connection(socket);
  try {
    await connection.open(url.username, url.password, url.pathname.slice(1));
    return await connection.query(statement);
  } finally {
    socket.end();
  }
}

class Connection {
  #socket;
  #messages;

  constructor(socket) {
    this.#socket = socket;
    this.#messages = messages(socket);
  }

  async open(user, password, database) {
    const pairs = ['user', user, 'database', database].map((each) => `${each}\0`).join('');
    this.#send('', Buffer.concat([int(196_608), Buffer.from(`${pairs}\0`)]));
    const nonce = randomBytes(18).toString('base64');
    const first = `n=,r=${nonce}`;
    for (;;) {
      const { type, body } = await this.#next();
      if (type === 'Z') return;
      if (type !== 'R') continue;
      const kind = body.readInt32BE();
      const text = body.subarray(4).toString();
      if (kind === 10) {
        const start = Buffer.from(`n,,${first}`);
        this.#send('p', Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), int(start.length), start]));
      } else if (kind === 11) {
        this.#send('p', Buffer.from(proof(password, first, text)));
      }
    }
  }

  async query(statement) {
    this.#send('Q', Buffer.from(`${statement}\0`));
    const rows = [];
    for (;;) {
      const { type, body } = await this.#next();
      if (type === 'D') rows.push(columns(body));
      if (type === 'Z') return rows;
    }
  }

  #send(type, body) {
    this.#socket.write(Buffer.concat([Buffer.from(type), int(body.length + 4), body]));
  }

  async #next() {
    const { value, done } = await this.#messages.next();
    if (done) throw new Error('the database hung up');
    if (value.type === 'E')
      throw new Error(`the database says: ${value.body.toString().replaceAll('\0', ' ')}`);
    return value;
  }
}

const int = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

async function* messages(socket) {
  let rest = Buffer.alloc(0);
  for await (const part of socket) {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = 1 + rest.readInt32BE(1);
      yield { type: String.fromCharCode(rest[0]), body: rest.subarray(5, end) };
      rest = rest.subarray(end);
    }
  }
}

function columns(body) {
  const values = [];
  let at = 2;
  for (let n = body.readInt16BE(); n > 0; n--) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? '' : body.subarray(at, at + length).toString());
    at += Math.max(length, 0);
  }
  return values;
}

/** The last message of SCRAM-SHA-256 (RFC 5802). */
function proof(password, first, challenge) {
  const given = Object.fromEntries(challenge.split(',').map((each) => [each[0], each.slice(2)]));
  const salted = pbkdf2Sync(password, Buffer.from(given.s, 'base64'), Number(given.i), 32, 'sha256');
  const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
  const client = hmac(salted, 'Client Key');
  const without = `c=biws,r=${given.r}`;
  const stored = createHash('sha256').update(client).digest();
  const signature = hmac(stored, `${first},${challenge},${without}`);
  const signed = client.map((byte, at) => byte ^ signature[at]);
  return `${without},p=${Buffer.from(signed).toString('base64')}`;
}
