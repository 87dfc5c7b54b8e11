type Item = { closesAt: string; cities: { id: string }[] };

/**
 * The first few of a list that is sorted by deadline. Among equal deadlines the cities take turns, so that
 * one that closes everything on a day does not hide the others.
 */
export function inTurn<T extends Item>(items: T[], count: number): T[] {
  const left = [...items];
  const out: T[] = [];
  const shown = (item: T) => out.filter((each) => each.cities[0]?.id === item.cities[0]?.id).length;
  while (out.length < count && left[0]) {
    const { closesAt } = left[0];
    const least = left
      .filter((each) => each.closesAt === closesAt)
      .reduce((a, b) => (shown(b) < shown(a) ? b : a));
    out.push(...left.splice(left.indexOf(least), 1));
  }
  return out;
}
