/** An answer of the API that was not a success. `problem` is its RFC 9457 body. */
export class ApiError extends Error {
  constructor(method, path, status, problem) {
    super(`${method} ${path}: ${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

function headersOf(method, token, { match, key }) {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(match ? { 'If-Match': match } : {}),
    ...(method === 'POST' ? { 'Idempotency-Key': key ?? crypto.randomUUID() } : {}),
  };
}

/**
 * A small client: `const call = api(server.url, token); await call.get('/me')`.
 * Each call gives the parsed body, or undefined where there is none, and throws an ApiError otherwise.
 * `call.url` is the server, `call.etag` the version in the last answer; writes send an Idempotency-Key, and If-Match when given.
 *
 * @param {string} url of the server, without a slash at the end
 * @param {string} [token] access token; without one, nobody calls
 */
export function api(url, token) {
  const call = { url, etag: '' };
  const send = async (method, path, body, options = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: headersOf(method, token, options),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text || undefined;
    if (!answer.ok) throw new ApiError(method, path, answer.status, parsed);
    call.etag = answer.headers.get('etag') ?? '';
    return parsed;
  };
  call.get = (path) => send('GET', path);
  call.delete = (path, options) => send('DELETE', path, undefined, options);
  for (const method of ['post', 'put', 'patch']) {
    call[method] = (path, body, options) => send(method.toUpperCase(), path, body, options);
  }
  return call;
}

/** The access token of an account; tokens live a quarter of an hour. */
export async function tokenOf(server, email, password = server.password) {
  return (await api(server.url).post('/auth/sign-in', { email, password })).accessToken;
}

/** The API as a person: `await apiAs(server, accounts.admin)`. */
export async function apiAs(server, email, password = server.password) {
  return api(server.url, await tokenOf(server, email, password));
}
