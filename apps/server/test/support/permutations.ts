/** Every order of these, in a fixed order of its own. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, index) => {
    const rest = items.filter((_, at) => at !== index);
    return permutations(rest).map((order) => [first, ...order]);
  });
}

/** Orders drawn by a seed: the same in every run. */
export function shuffles<T>(items: readonly T[], { count, seed }: { count: number; seed: number }): T[][] {
  let state = seed;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  return Array.from({ length: count }, () => {
    const order = [...items];
    for (let at = order.length - 1; at > 0; at--) {
      const other = draw(at + 1);
      [order[at], order[other]] = [order[other] as T, order[at] as T];
    }
    return order;
  });
}
