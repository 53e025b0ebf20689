import { randomBytes, randomUUID } from "node:crypto";
import type { RandomSource } from "@liveassist/api";

/** Randomness from the operating system; `fraction` is for jitter only. */
export const systemRandom: RandomSource = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString("base64url"),
  fraction: () => Math.random(),
};
