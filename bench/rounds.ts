/** A side of a comparison: does one round and answers its figures. */
export type Round<T> = (name: string) => Promise<T>;

export interface Sides<T> {
  readonly real: Round<T>;
  readonly bare: Round<T>;
}

/**
 * Rounds of both sides in turn, the first one changing, so that neither always runs warmer or later. One of each comes
 * before, for the engine to compile what is hot, and does not count.
 */
export async function interleave<T>(
  rounds: number,
  { real, bare }: Sides<T>,
): Promise<{ real: T; bare: T }[]> {
  await bare("warm0");
  await real("warm0");
  const pairs: { real: T; bare: T }[] = [];
  for (let index = 0; index < rounds; index++) {
    const name = `r${index}`;
    if (index % 2 === 0) {
      const first = await bare(name);
      pairs.push({ bare: first, real: await real(name) });
    } else {
      const first = await real(name);
      pairs.push({ real: first, bare: await bare(name) });
    }
  }
  return pairs;
}
