import { randomBytes } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Draws numbers in [0, 1); a seeded one can be asked where it stands and be put there again. */
export interface RandomSource {
  (): number;
  /** Where it stands; null when it is unpredictable. */
  save(): number | null;
  /** Goes on from where another stood; an unpredictable one stays so. */
  resume(state: number | null): void;
}

/** Numbers in [0, 1). With a seed the same ones in every run (mulberry32), else unpredictable ones. */
export function randomSource(seed?: number): RandomSource {
  if (seed === undefined) {
    const draw = () => randomBytes(4).readUInt32LE() / 2 ** 32;
    return Object.assign(draw, { save: () => null, resume: () => {} });
  }
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const resume = (other: number | null) => {
    state = (other ?? state) >>> 0;
  };
  return Object.assign(draw, { save: () => state, resume });
}

/** Letters and digits for an id, a secret or a number. */
export function randomText(random: () => number, length: number): string {
  let text = "";
  for (let i = 0; i < length; i += 1) text += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return text;
}
