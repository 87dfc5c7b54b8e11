// Two people changed the same thing. What only one of them touched is taken from that one; where both did,
// what was typed here stays and the other's is kept beside it. Nothing is lost, and nobody is asked about
// what does not clash.

/** Where something differs: names from the outside in; rows of lists by their `key`. */
export type Path = string[];

/** One difference: what stood when editing began, and what the other has made of it. */
export type Other = { path: Path; base: unknown; theirs: unknown };

export type Merged<T> = {
  value: T;
  /** The other's changes that are in `value`. */
  taken: Other[];
  /** Where both changed the same; `value` has what was typed here. */
  clashes: Other[];
};

type Row = { key: string };

/** Joins what was typed here with what somebody else saved, both begun from `base`. */
export function merge<T>(base: T, mine: T, theirs: T): Merged<T> {
  const out = { taken: [] as Other[], clashes: [] as Other[] };
  const value = join(base, mine, theirs, [], out) as T;
  return { value, ...out };
}

/** The value with what stands at a path put in the place of what is there; undefined takes it away. */
export function put<T>(value: T, [name, ...rest]: Path, what: unknown): T {
  if (name === undefined) return what as T;
  if (Array.isArray(value)) {
    const at = value.findIndex((row: Row) => row.key === name);
    const next = rest.length === 0 ? what : put(value[at] ?? {}, rest, what);
    if (next === undefined) return value.filter((_, each) => each !== at) as T;
    return (at < 0 ? [...value, next] : value.with(at, next)) as T;
  }
  const { [name]: old, ...others } = value as Record<string, unknown>;
  const next = rest.length === 0 ? what : put(old ?? {}, rest, what);
  return (next === undefined ? others : { ...(value as object), [name]: next }) as T;
}

/** Equal in what they say: an absent text says the same as an empty one. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || (!a && !b && a !== 0 && b !== 0 && a !== false && b !== false)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => same(each, b[at]));
  if (!isRecord(a) && !isRecord(b)) return false;
  const [x, y] = [a ?? {}, b ?? {}];
  if (!isRecord(x) || !isRecord(y)) return false;
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].every((name) => same(x[name], y[name]));
}

type Found = { taken: Other[]; clashes: Other[] };

function join(base: unknown, mine: unknown, theirs: unknown, path: Path, out: Found): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  if (areRows(mine) && areRows(theirs) && areRows(base)) return joinRows(base, mine, theirs, path, out);
  if (isRecord(mine) && isRecord(theirs)) {
    const from = isRecord(base) ? base : {};
    const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    const joined = [...names].map((name) => [
      name,
      join(from[name], mine[name], theirs[name], [...path, name], out),
    ]);
    return Object.fromEntries(joined.filter(([, value]) => value !== undefined));
  }
  const other = { path, base, theirs };
  if (same(base, mine)) {
    out.taken.push(other);
    return theirs;
  }
  out.clashes.push(other);
  return mine ?? theirs; // what one took away and the other changed stays
}

function joinRows(base: Row[], mine: Row[], theirs: Row[], path: Path, out: Found): Row[] {
  const of = (rows: Row[], key: string) => rows.find((row) => row.key === key);
  const kept = (key: string) =>
    join(of(base, key), of(mine, key), of(theirs, key), [...path, key], out) as Row | undefined;
  // Whoever moved rows gives the order; the other's new ones follow what they followed there.
  const moved = !same(order(base, mine), order(mine, base));
  const keys = moved ? inserted(mine, theirs) : inserted(theirs, mine);
  return keys.map(kept).filter((row) => row !== undefined);
}

/** The keys that both have, in the order of the first. */
const order = (a: Row[], b: Row[]) =>
  a.map((row) => row.key).filter((key) => b.some((row) => row.key === key));

function inserted(into: Row[], from: Row[]): string[] {
  const keys = into.map((row) => row.key);
  from.forEach((row, at) => {
    if (keys.includes(row.key)) return;
    const before = from[at - 1];
    keys.splice(before ? keys.indexOf(before.key) + 1 : 0, 0, row.key);
  });
  return keys;
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function areRows(x: unknown): x is Row[] {
  return Array.isArray(x) && x.every((row) => isRecord(row) && typeof row.key === 'string');
}
