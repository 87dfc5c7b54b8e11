import type { Params, Route } from './route';

/** A page and what its path says. */
export type Match = { route: Route; params: Params };

/** The first route whose path fits. `:name` takes one segment, a final `*` the rest (as `params.rest`). */
export function matchRoute(routes: Route[], path: string): Match | undefined {
  const segments = split(path);
  for (const route of routes) {
    const params = capture(split(route.path), segments);
    if (params) return { route, params };
  }
  return undefined;
}

function split(path: string): string[] {
  return path.split('/').filter(Boolean);
}

function capture(pattern: string[], segments: string[]): Params | undefined {
  const params: Params = {};
  for (const [at, part] of pattern.entries()) {
    if (part === '*') return { ...params, rest: segments.slice(at).join('/') };
    const segment = segments[at];
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) params[part.slice(1)] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return pattern.length === segments.length ? params : undefined;
}

// A hand-typed %zz must give "not found", not a crash.
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
