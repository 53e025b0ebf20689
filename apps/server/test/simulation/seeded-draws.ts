/** Chance that can be repeated: every draw of a run comes from one seed. */
export interface Draws {
  /** In [0, 1). */
  fraction(): number;
  /** 0 … n - 1. */
  below(n: number): number;
  uuid(): string;
}

/** Draws from a seed (mulberry32). */
export function drawsFrom(seed: number): Draws {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(fraction() * 16).toString(16)).join("");
  return {
    fraction,
    below: (n) => Math.floor(fraction() * n),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
}

/** One of these, by a fraction in [0, 1); undefined only of nothing. */
export function pick<T>(from: readonly T[], fraction: number): T | undefined {
  return from[Math.min(from.length - 1, Math.floor(fraction * from.length))];
}

/** One of these names by their weights and a fraction in [0, 1). */
export function weighted<K extends string>(weights: Readonly<Record<K, number>>, fraction: number): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = fraction * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  throw new Error("no weights");
}
