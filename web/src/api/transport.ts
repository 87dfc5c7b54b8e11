import type { Client } from 'openapi-fetch';

type Options = {
  params?: {
    path?: Record<string, unknown>;
    query?: Record<string, unknown>;
    header?: Record<string, unknown>;
  };
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

/**
 * A client with openapi-fetch's types and as much of its behaviour as this API uses: JSON in and out,
 * simple paths, repeated query parameters. The library's own runtime would cost every visitor 3 KB.
 */
export function createTransport<Paths extends object>(
  base: string,
  fetch: (request: Request) => Promise<Response>,
): Pick<Client<Paths>, (typeof methods)[number]> {
  const call =
    (method: string) =>
    async (path: string, options: Options = {}) => {
      const response = await fetch(requestOf(base, method, path, options));
      const body = await read(response);
      return response.ok ? { data: body, response } : { error: body, response };
    };
  const client = Object.fromEntries(methods.map((method) => [method, call(method)]));
  return client as unknown as Pick<Client<Paths>, (typeof methods)[number]>;
}

function requestOf(base: string, method: string, path: string, options: Options): Request {
  const { params = {}, body, signal } = options;
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params.path?.[name])));
  const url = new URL(base + filled);
  for (const [name, value] of present(params.query)) {
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
  const headers = new Headers(options.headers);
  for (const [name, value] of present(params.header)) headers.set(name, String(value));
  if (body === undefined) return new Request(url, { method, headers, signal });
  headers.set('Content-Type', 'application/json');
  return new Request(url, { method, headers, body: JSON.stringify(body, printable), signal });
}

/** A paste may bring control characters along, which the API refuses. */
const printable = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replace(/(?![\t\n\r])\p{Cc}/gu, ' ') : value;

function present(values: Record<string, unknown> = {}): [string, unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || response.status === 304) return undefined;
  if (/\bjson\b/.test(type)) return response.json().catch(() => undefined);
  return (await response.text()) || undefined;
}
