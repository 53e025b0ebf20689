import { afterAll, describe, expect, test } from "vitest";
import { ODD_LIFECYCLES } from "../support/odd-lifecycles.ts";
import { PAID_LIFECYCLES } from "../support/paid-lifecycles.ts";
import { playLifecycle } from "../support/play-lifecycle.ts";
import { TRIAL_LIFECYCLES } from "../support/trial-lifecycles.ts";

const SAMPLE = 60;
const lifecycles = [...TRIAL_LIFECYCLES, ...PAID_LIFECYCLES, ...ODD_LIFECYCLES];
let users = 0;
let deliveries = 0;

afterAll(() => {
  process.stdout.write(
    `all orders: ${lifecycles.length} lifecycles, ${users} users, ${deliveries} deliveries\n`,
  );
});

describe("every order (sampled above 5!), each event lost, each doubled, all at once", () => {
  test.for(lifecycles.map((lifecycle, at) => ({ lifecycle, name: lifecycle.name, seed: at + 1 })))(
    "$name",
    async ({ lifecycle, seed }) => {
      const played = await playLifecycle(lifecycle, (plans) => [
        ...plans.few(seed),
        ...plans.many(seed, SAMPLE),
      ]);
      users += played.users;
      deliveries += played.deliveries;
      expect(played.faults).toEqual([]);
    },
  );
});
