/** Tries a story without some of its moves; true: it still goes wrong. */
export type StillBroken<T> = (moves: readonly T[]) => Promise<boolean>;

/**
 * The shortest story we find that still goes wrong: leaves out halves, then quarters, down to single moves (delta
 * debugging), for at most so many tries.
 */
export async function shrink<T>(
  moves: readonly T[],
  { stillBroken, tries }: { stillBroken: StillBroken<T>; tries: number },
): Promise<readonly T[]> {
  let best = moves;
  let left = tries;
  for (let size = Math.ceil(best.length / 2); size >= 1 && left > 0; ) {
    let removed = false;
    for (let from = best.length - size; from > -size && left > 0; from -= size) {
      const without = best.filter((_, at) => at < from || at >= from + size);
      if (without.length === best.length) continue;
      left -= 1;
      if (!(await stillBroken(without))) continue;
      best = without;
      removed = true;
    }
    if (size === 1 && !removed) break;
    if (!removed || size > best.length) size = Math.max(1, Math.floor(size / 2));
  }
  return best;
}
