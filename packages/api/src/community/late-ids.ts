/** No transaction lives longer than half of this, so what was not there by then never comes (design I4). */
const SETTLED_MS = 10_000;

/**
 * Ids drawn from a sequence appear in the order of commits, not in their own. Everything up to `floor` has been told of;
 * above it stands, for each id that has been, when it was first seen (wall ms).
 */
export interface Watched {
  readonly floor: number;
  readonly seen: ReadonlyMap<number, number>;
}

/** Begins to watch: what is there already is known, what appears above the floor from now on is new. */
export const watchFrom = (floor: number, there: readonly number[], wall: number): Watched => ({
  floor,
  seen: new Map(there.map((id) => [id, wall])),
});

/** Which of these ids nobody has been told of. */
export const unseen = ({ floor, seen }: Watched, ids: readonly number[]): number[] =>
  ids.filter((id) => id > floor && !seen.has(id));

/**
 * Takes ids as told. The floor rises to the highest id seen 10 s ago: whoever drew a lower one has committed by now, or
 * never will.
 */
export function taken({ floor, seen }: Watched, ids: readonly number[], wall: number): Watched {
  let risen = floor;
  for (const [id, since] of seen) if (wall - since >= SETTLED_MS && id > risen) risen = id;
  const kept = new Map([...seen].filter(([id]) => id > risen));
  for (const id of ids) if (id > risen) kept.set(id, wall);
  return { floor: risen, seen: kept };
}
