import { expect, vi } from "vitest";
import { wrongLedger, wrongRows, wrongStates } from "./attack-faults.ts";
import type { Attack } from "./strangers-attack.ts";

/** Within this time everybody sees what Stripe says and every event has its end; answers how long it took (ms). */
export async function expectRight(
  attack: Attack,
  { timeout, everyEnd = false }: { timeout: number; everyEnd?: boolean },
): Promise<number> {
  const began = performance.now();
  await vi.waitFor(
    async () => {
      expect([...(await wrongStates(attack)), ...(await wrongLedger(attack, everyEnd))]).toEqual([]);
    },
    { timeout, interval: 500 },
  );
  return Math.round(performance.now() - began);
}

/** Within this time every stored row is right, though nobody reads: only a walk can have done it. Answers how long it took (ms). */
export async function expectRepaired(attack: Attack, timeout: number): Promise<number> {
  const began = performance.now();
  await vi.waitFor(async () => expect(await wrongRows(attack)).toEqual([]), { timeout, interval: 250 });
  return Math.round(performance.now() - began);
}
