import { expect, vi } from "vitest";
import { wrongLedger, wrongStates } from "./attack-faults.ts";
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
